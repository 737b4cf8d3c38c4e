"""Training: an objective, an optimizer, and the history of what happened.

Everything the course minimises is an *objective*, a function ``(params, step) -> (loss, grad)``.
``minimize`` asks it for a gradient, lets the optimizer take a step, writes down what it saw, and
repeats. Many runs can go side by side: stack them along a first axis of ``params``.
"""

import numpy as np

from course_lib import checks
from course_lib.history import History
from course_lib.progress import with_bar

DIVERGED = 1e6


def minimize(objective, params, optimizer, n_steps, keep_params=True, progress=False):
    r"""Take ``n_steps`` steps down an objective, and remember them.

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
            Whether the loss became non-finite or passed 10⁶ · max(1, abs(first loss)).
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
    params = np.array(params, dtype=checks.float_type(params))
    ask = objective if checks.takes_step(objective) else lambda w, step: objective(w)
    recorder = _Recorder(params, optimizer, n_steps, keep_params)

    state = optimizer.init(params)
    with np.errstate(all="ignore"):
        for step in with_bar(range(n_steps + 1), "step", progress):
            answer = ask(params, step)
            if step == 0 and (problem := checks.loss_and_grad(answer, params.shape)):
                raise problem
            loss, grad = answer
            if recorder.all_diverged(step, params, loss) or step == n_steps:
                break
            params, state = optimizer.step(params, np.asarray(grad), state)
            if problem := checks.same_shape("optimizer.step(...)", params, recorder.shape):
                raise problem
            recorder.update(step, grad)
    return recorder.history()


class _Recorder:
    """Writes a run down, and notices when it diverges."""

    def __init__(self, params, optimizer, n_steps, keep_params):
        self.shape, runs = params.shape, params.shape[:-1]
        self.rate = getattr(optimizer, "schedule", lambda step: np.nan)
        self.last_only = keep_params is False
        self.steps = np.arange(n_steps + 1)
        if keep_params is not True:
            self.steps = np.unique(np.array([0] if self.last_only else keep_params, dtype=int))
        self.params = np.full((len(self.steps), *self.shape), np.nan, params.dtype)
        self.losses = np.full((n_steps + 1, *runs), np.nan)
        self.lrs, self.grad_norms = np.full((2, n_steps, *runs), np.nan)
        self.diverged_at = np.full(runs, -1)
        self.limit, self.row, self.step = None, 0, 0

    def all_diverged(self, step, params, loss):
        """Write down what is known before an update; whether no run is left to go on."""
        loss = self.losses[step] = np.reshape(loss, self.shape[:-1])
        if self.last_only:
            self.steps[0], self.row = step, 0
        if self.row < len(self.steps) and self.steps[self.row] == step:
            self.params[self.row], self.row = params, self.row + 1
        if step == 0:
            self.limit = np.minimum(DIVERGED * np.maximum(1, np.abs(loss)), np.finfo(float).max)
        self.step = step
        tripped = ~(np.abs(loss) <= self.limit)
        if tripped.any():
            self.diverged_at[tripped & (self.diverged_at < 0)] = step
        return bool(tripped.any()) and bool((self.diverged_at >= 0).all())

    def update(self, step, grad):
        """Write down an update."""
        lr = self.rate(step)
        self.lrs[step] = np.reshape(lr, self.shape[:-1]) if np.ndim(lr) else lr
        self.grad_norms[step] = np.sqrt(np.square(grad).sum(axis=-1))

    def history(self):
        """What was written down; of a single run, as far as it came."""
        at = self.diverged_at
        if at.ndim == 0:
            single = bool(at >= 0)
            return History(
                params=self.params[: self.row],
                steps=self.steps[: self.row],
                loss=self.losses[: self.step + 1],
                lr=self.lrs[: self.step],
                grad_norm=self.grad_norms[: self.step],
                diverged=single,
                diverged_at=int(at) if single else None,
            )
        end = np.where(at < 0, len(self.lrs), at)
        steps = np.arange(len(self.losses))[:, None]
        self.losses[steps > end] = np.nan
        self.lrs[steps[:-1] >= end] = self.grad_norms[steps[:-1] >= end] = np.nan
        if self.last_only:
            self.steps[0] = len(self.lrs)
        self.params[self.steps[:, None] > end] = np.nan
        return History(
            params=self.params,
            steps=self.steps,
            loss=self.losses,
            lr=self.lrs,
            grad_norm=self.grad_norms,
            diverged=at >= 0,
            diverged_at=at,
        )
