"""Training: an objective, an optimizer, and the history of what happened.

Everything the course minimises is an *objective*, a function ``(params, step) -> (loss, grad)``.
``minimize`` asks it for a gradient, lets the optimizer take a step, writes down what it saw, and
repeats. Many runs can go side by side: stack them along a first axis of ``params``.
"""

from dataclasses import dataclass

import numpy as np

from course_lib import checks

DIVERGED = 1e6


@dataclass(frozen=True, eq=False)
class History:
    r"""What happened during a run of ``minimize``.

    Attributes
    ----------
    params : array of shape (n_kept, [n_runs,] n_params)
        The parameters at each of the steps ``steps``: before the first update, and after each.
    steps : array of shape (n_kept,)
        Which steps those are; all of 0 … n_steps unless ``keep_params`` says otherwise.
    loss : array of shape (n_steps + 1, [n_runs])
        The loss before each update, and one more at the end.
    lr, grad_norm : array of shape (n_steps, [n_runs])
        Learning rate and length of the gradient of each update.
    diverged : bool or array of shape (n_runs,)
        Whether the loss became non-finite or passed 10⁶ · max(1, |first loss|).
    diverged_at : int, None, or array of shape (n_runs,)
        The step at which it did; None (stacked runs: -1) where it did not.
    """

    params: np.ndarray
    steps: np.ndarray
    loss: np.ndarray
    lr: np.ndarray
    grad_norm: np.ndarray
    diverged: bool | np.ndarray
    diverged_at: int | np.ndarray | None

    def __repr__(self):
        n_steps = len(self.loss) - 1
        if self.loss.ndim > 1:
            runs = self.loss.shape[1]
            return f"History({runs} runs of {n_steps} steps, {self.diverged.sum()} diverged)"
        end = f"diverged at step {self.diverged_at}" if self.diverged else f"{n_steps} steps"
        return f"History({end}, loss {self.loss[0]:.4g} -> {self.loss[-1]:.4g})"


def minimize(objective, params, optimizer, n_steps, keep_params=True):
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

    Returns
    -------
    History

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
    )
    if problem:
        raise problem
    params = np.array(params, dtype=checks.float_type(params))
    runs = params.shape[:-1]
    ask = objective if checks.takes_step(objective) else lambda w, step: objective(w)
    rate = getattr(optimizer, "schedule", lambda step: np.nan)
    wanted = _wanted_steps(keep_params, n_steps)
    kept = np.full((len(wanted), *params.shape), np.nan, params.dtype)
    losses = np.full((n_steps + 1, *runs), np.nan)
    lrs, grad_norms = np.full((2, n_steps, *runs), np.nan)
    diverged_at = np.full(runs, -1)

    state, row = optimizer.init(params), 0
    with np.errstate(all="ignore"):
        for step in range(n_steps + 1):
            answer = ask(params, step)
            if step == 0 and (problem := checks.loss_and_grad(answer, params.shape)):
                raise problem
            loss, grad = np.reshape(answer[0], runs), np.asarray(answer[1])
            losses[step] = loss
            if row < len(wanted) and wanted[row] == step:
                kept[row], row = params, row + 1
            if step == 0:
                limit = np.minimum(DIVERGED * np.maximum(1, np.abs(loss)), np.finfo(float).max)
            tripped = ~(np.abs(loss) <= limit)
            if tripped.any():
                diverged_at[tripped & (diverged_at < 0)] = step
                if tripped.all():
                    break
                params = np.where(tripped[..., None], np.nan, params)
            if step == n_steps:
                break
            params, state = optimizer.step(params, grad, state)
            if problem := checks.same_shape("optimizer.step(...)", params, kept.shape[1:]):
                raise problem
            lr = rate(step)
            lrs[step] = np.reshape(lr, runs) if np.ndim(lr) else lr
            grad_norms[step] = np.sqrt(np.square(grad).sum(axis=-1))

    if keep_params is False:
        kept, wanted, row = params[None].copy(), np.array([n_steps if runs else step]), 1
    if runs:
        kept[wanted[:, None] > np.where(diverged_at < 0, n_steps, diverged_at)] = np.nan
        gone = np.arange(n_steps)[:, None] >= np.where(diverged_at < 0, n_steps, diverged_at)
        lrs[gone] = grad_norms[gone] = np.nan
        return History(kept, wanted, losses, lrs, grad_norms, diverged_at >= 0, diverged_at)
    at = int(diverged_at) if diverged_at >= 0 else None
    ends = (kept[:row], wanted[:row], losses[: step + 1], lrs[:step], grad_norms[:step])
    return History(*ends, at is not None, at)


def _wanted_steps(keep_params, n_steps):
    """The steps whose parameters are kept, in ascending order."""
    if keep_params is True:
        return np.arange(n_steps + 1)
    return np.unique(np.asarray([] if keep_params is False else keep_params, dtype=int))
