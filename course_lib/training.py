"""Training: an objective, an optimizer, and the history of what happened.

Everything the course minimises is an *objective*, a function ``(params, step) -> (loss, grad)``.
``minimize`` asks it for a gradient, lets the optimizer take a step, writes down what it saw, and
repeats. Many runs can go side by side: stack them along a first axis of ``params``.
"""

from itertools import count

import numpy as np

from course_lib import checks, walks
from course_lib.history import History
from course_lib.progress import with_bar
from course_lib.updates import settled

DIVERGED = 1e6  # times the first loss, or times 1 where that is smaller


def minimize(objective, params, optimizer, n_steps, keep_params=True, progress=False):
    """Take ``n_steps`` steps down an objective, and remember them.

    A run *diverges* when its loss stops being finite or exceeds 10⁶ · max(1, |first loss|).
    That is a result, not an error: a single run ends there, with the loss that tripped as its
    last; among stacked runs the others go on, and its later entries are NaN.

    Parameters
    ----------
    objective : callable
        ``objective(params, step) -> (loss, grad)``, or ``objective(params)``.
    params : array of shape (n_params,) or (n_runs, n_params)
        Where to start. It is copied, never changed.
    optimizer : object with ``init`` and ``step``
        Such as ``SGD(lr=0.1)``.
    n_steps : int
        How many updates, >= 1.
    keep_params : bool or list of int
        True keeps the parameters of every step, False only the last, a list only those steps.
    progress : bool
        Whether to show a bar while it runs; it leaves nothing behind.

    Returns
    -------
    history : History
        ``.params``, of shape (n_kept, [n_runs,] n_params)
            The parameters at each of the steps ``.steps``: before the first update, and after
            each.
        ``.steps``, of shape (n_kept,)
            Which steps those are; all of 0 … n_steps unless ``keep_params`` says otherwise.
        ``.loss``, of shape (n_steps + 1, [n_runs])
            The loss before each update, and one more at the end.
        ``.lr``, ``.grad_norm``, of shape (n_steps, [n_runs])
            Learning rate and length of the gradient of each update.
        ``.diverged``, bool or of shape (n_runs,)
            Whether the run did.
        ``.diverged_at``, int, None, or of shape (n_runs,)
            The step at which it did; None (stacked runs: -1) where it did not.

    Raises
    ------
    ValueError, TypeError
        If an argument, or what the objective or the optimizer returns, does not fit.

    Examples
    --------
    >>> from course_lib import SGD, x_squared
    >>> history = minimize(x_squared, [5.0], SGD(lr=0.1), n_steps=3)
    >>> history.params[:, 0]
    array([5.  , 4.  , 3.2 , 2.56])
    >>> minimize(x_squared, [5.0], SGD(lr=1.5), n_steps=50)
    History(diverged at step 10, loss 25 -> 2.621e+07)
    """
    problem = (
        checks.function("objective", objective, "params, step -> (loss, grad)")
        or checks.vector("params", params, getattr(objective, "n_params", None))
        or checks.finite("params", params)
        or checks.methods("optimizer", optimizer, ("init", "step"))
        or checks.count("n_steps", n_steps)
        or checks.steps("keep_params", keep_params, n_steps)
        or checks.flag("progress", progress)
    )
    if problem:
        raise problem
    if isinstance(keep_params, np.bool_):
        keep_params = bool(keep_params)
    params = np.array(params, dtype=checks.float_type(params))
    recorder = _Recorder(params, n_steps, keep_params)
    steps = with_bar(range(n_steps + 1), "step", progress)
    with np.errstate(all="ignore"):
        if problem := walks.problem(optimizer, params):
            raise problem
        if walk := walks.find(objective, params, optimizer):  # these same steps, only faster
            walk.run(steps, recorder)
            return recorder.history()

        ask = objective if checks.takes_step(objective) else lambda w, step: objective(w)
        rate, state = rate_of(optimizer), optimizer.init(params.copy())
        for step in steps:
            answer = ask(params.copy(), step)
            if problem := checks.loss_and_grad(answer, params.shape):
                raise problem
            loss = np.asarray(answer[0], float).reshape(params.shape[:-1])
            grad = kept(answer[1], params)
            if recorder.before(step, params, loss):  # it diverged, or this was the last
                break
            lr = rate(step)
            if problem := checks.meets("lr", lr, params.shape):
                raise problem
            recorder.after(step, settled(lr), np.sqrt(np.square(grad).sum(axis=-1)))
            answer = optimizer.step(params.copy(), grad, state)
            if problem := checks.step_answer(answer, params.shape):
                raise problem
            params, state = np.array(answer[0], params.dtype), answer[1]
        return recorder.history()


def kept(grad, params):
    """A gradient that stays as it is, whatever its function does with its arrays later."""
    return np.array(grad, np.result_type(np.asarray(grad), params))


def divergence_limit(first_loss):
    """How large a loss may be, either way, for a run that began with this one."""
    return np.minimum(DIVERGED * np.maximum(1, np.abs(first_loss)), np.finfo(float).max)


def rate_of(optimizer):
    """The schedule of an optimizer; one of the learner's own may have none."""
    schedule = getattr(optimizer, "schedule", None)
    return schedule if callable(schedule) else lambda step: np.nan


class _Recorder:
    """Writes a run down, and notices when it diverges.

    ``before`` and ``after`` take one step, as it happens. ``many`` takes steps that are over, and
    looks at them together: so a step of stacked runs costs less than by the other two.
    """

    def __init__(self, params, n_steps, keep_params):
        runs = params.shape[:-1]
        self.n_steps, self.step, self.last, self.limit = n_steps, 0, params, None
        self.last_only = keep_params is False
        some = [n_steps] if self.last_only else keep_params
        self.steps = np.arange(n_steps + 1) if keep_params is True else np.unique(np.array(some))
        self.rows = {} if keep_params is True else dict(zip(self.steps.tolist(), count()))
        self.params = np.empty((len(self.steps), *params.shape), params.dtype)
        self.losses, self.grad_norms, self.rates = np.empty((3, n_steps + 1, *runs))
        self.lrs, self.diverged_at = [], np.full(runs, -1)

    def before(self, step, params, loss):
        """Write down what is known before an update; whether the run ends here."""
        self.losses[step], self.step, self.last = loss, step, params
        row = self.rows.get(step) if self.rows else step
        if row is not None:
            self.params[row] = params
        if step == 0:
            self._set_limit(loss)
        going = abs(loss) <= self.limit
        if going is not True and not np.all(going):  # a plain True is quickly seen
            self._note(step, np.reshape(going, (1, *self.diverged_at.shape)))
            if self._is_over():
                return True
        return step == self.n_steps

    def after(self, step, lr, grad_norm):
        """Write down an update."""
        self.lrs.append(lr)
        self.grad_norms[step] = grad_norm

    def many(self, first, params, losses, grad_norms, lrs):
        """Write down many steps at once, from ``first`` on; whether the run ends with them."""
        if first == 0:
            self._set_limit(losses[0])
        n, low = len(losses), np.min(self.limit)
        if not (losses.max() <= low and losses.min() >= -low):  # quicker than to look at each
            self._note(first, np.abs(losses) <= self.limit)
            if self._is_over():
                n = int(self.diverged_at.max()) - first + 1
        rows = slice(*self.steps.searchsorted((first, first + n)))
        self.params[rows] = params[self.steps[rows] - first]
        self.losses[first : first + n] = losses[:n]
        self.grad_norms[first : first + n] = grad_norms[:n]
        self.lrs += lrs
        self.step, self.last = first + n - 1, params[n - 1]
        return self._is_over()

    def _set_limit(self, loss):
        self.limit = divergence_limit(loss)
        if np.ndim(self.diverged_at) == 0:
            self.limit = float(self.limit)

    def _note(self, first, going):
        """Note which runs diverge for the first time; ``going`` has a row for each step."""
        new = ~going.all(axis=0) & (self.diverged_at < 0)
        self.diverged_at = np.where(new, first + going.argmin(axis=0), self.diverged_at)

    def _is_over(self):
        return (self.diverged_at >= 0).all()

    def history(self):
        """What was written down; of a single run, as far as it came."""
        at, diverged = self.diverged_at, self.diverged_at >= 0
        single = at.ndim == 0
        n = self.step if single else self.n_steps
        if self.last_only:
            self.params[0], self.steps[0] = self.last, n
        self._fill_rates()
        if single:
            diverged = bool(diverged)
            at = int(at) if diverged else None
        else:
            self._forget_what_follows(diverged)
        n_kept = self.steps.searchsorted(n, "right")
        return History(
            params=self.params[:n_kept],
            steps=self.steps[:n_kept],
            loss=self.losses[: n + 1],
            lr=self.rates[:n],
            grad_norm=self.grad_norms[:n],
            diverged=diverged,
            diverged_at=at,
        )

    def _forget_what_follows(self, diverged):
        """Of stacked runs that diverged, nothing is known after their end."""
        for run in np.flatnonzero(diverged):
            end = self.diverged_at[run]
            self.losses[end + 1 :, run] = np.nan
            self.rates[end:, run] = self.grad_norms[end:, run] = np.nan
            self.params[self.steps > end, run] = np.nan

    def _fill_rates(self):
        """The learning rates, one for each update and run."""
        lrs, many = self.lrs, self.rates.ndim > 1
        if lrs and all(lr is lrs[0] for lr in lrs):  # mostly so: fill at once
            self.rates[:] = np.reshape(lrs[0], -1) if many else lrs[0]
            return
        for step, lr in enumerate(lrs):
            self.rates[step] = np.reshape(lr, -1) if many else lr
