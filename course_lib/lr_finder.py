"""The learning-rate finder: try ever larger rates for one step each, and watch the loss.

Far too small a rate changes nothing, a good one makes the loss fall, too large a one makes it
explode. One short run shows all three.
"""

from dataclasses import dataclass
from itertools import count
from numbers import Integral

import numpy as np

from course_lib import checks
from course_lib.batches import batches_of_epoch
from course_lib.networks import aim_problem, fit_problem
from course_lib.optimizers import SGD
from course_lib.training import kept

KEEP = 0.9  # how much of its past the smoothed loss keeps
BLOW_UP = 4.0  # times the lowest smoothed loss: enough seen
BATCH_SIZE = 32  # unless told otherwise


@dataclass(frozen=True, eq=False)
class LRFinder:
    """The result of a sweep over learning rates; print it for a short report.

    Attributes
    ----------
    lrs : array of shape (n,)
        The rates that were tried, up to where the sweep ended.
    losses : array of shape (n,)
        The loss of each step's batch, before the step with that rate.
    smoothed : array of shape (n,)
        Their bias-corrected moving average, which keeps 0.9 of its past.
    suggestion : float or None
        The rate at which the smoothed loss falls fastest per decade of rate, on its way from
        its first level to its lowest; None if it never falls.
    blow_up : float or None
        The rate at which the smoothed loss passed four times its lowest; None if it never did.
    """

    lrs: np.ndarray
    losses: np.ndarray
    smoothed: np.ndarray
    suggestion: float | None
    blow_up: float | None

    def plot(self, ax=None):
        """Draw loss against rate on ``ax``; without it, show a figure of its own.

        Returns
        -------
        artists : list, or None where a figure was shown
        """
        from course_lib import plots

        if ax is not None:
            return plots.lr_finder(ax, self)
        fig, ax = plots.figure()
        plots.lr_finder(ax, self)
        return plots.show(fig, alt=f"Loss against learning rate, on a log scale. {self}")

    def __str__(self):
        if self.suggestion is None:
            fall = "The loss never falls; try other rates, or another start."
        else:
            fall = f"The loss falls fastest at a learning rate of {self.suggestion:.2g}."
        if self.blow_up is None:
            return f"{fall} It did not blow up by {self.lrs[-1]:.2g}."
        return (
            f"{fall} It blew up at {self.blow_up:.2g}; a tenth of that is {self.blow_up / 10:.2g}."
        )

    __repr__ = __str__


def find_learning_rate(
    net,
    params,
    data,
    loss,
    optimizer=SGD,
    lr_min=1e-7,
    lr_max=10.0,
    n_steps=100,
    batch_size=BATCH_SIZE,
    seed=0,
):
    r"""Raise the learning rate at every step, and find where the loss falls fastest.

    The rates are :math:`\eta_k = \eta_{min} (\eta_{max} / \eta_{min})^{k / (n - 1)}`, so each
    is larger than the last by the same factor. The sweep ends early once the loss has blown up.

    Parameters
    ----------
    net, params, data, loss
        As for ``train``. ``params`` are not changed.
    optimizer : callable
        ``optimizer(lr) -> optimizer``, such as ``SGD`` or ``lambda lr: Adam(lr, beta1=0.8)``. Each
        step is taken by a new one: what it must remember belongs in its ``state``.
    lr_min, lr_max : float
        The first and the last rate, 0 < lr_min < lr_max.
    n_steps : int
        How many rates to try, >= 2.
    batch_size : int or None
        Samples per step, at most as many as there are; None takes all. The default, 32, means
        at most 32.
    seed : int
        Decides the order of the samples, >= 0.

    Returns
    -------
    LRFinder

    Raises
    ------
    ValueError, TypeError
        If an argument, or what one of the objects returns, does not fit.

    References
    ----------
    L. N. Smith, "Cyclical learning rates for training neural networks", 2017.

    Examples
    --------
    >>> from course_lib import mlp, two_clouds
    >>> net = mlp([2, 1], ["sigmoid"])
    >>> start = net.init_params(0)
    >>> found = find_learning_rate(net, start, two_clouds(), "binary_cross_entropy", lr_max=1e4)
    >>> 0.1 < found.suggestion < 20 < found.blow_up
    True
    """
    problem = (
        checks.pair("data", data, "(X, Y)")
        or fit_problem(net, params, *data, loss)
        or aim_problem(net, loss)
    )
    if problem:
        raise problem
    if isinstance(batch_size, Integral) and batch_size == BATCH_SIZE:
        batch_size = min(batch_size, len(data[0]))
    problem = (
        checks.function("optimizer", optimizer, "lr -> optimizer")
        or checks.between("lr_min", lr_min, 0, np.inf, open_low=True, open_high=True)
        or checks.between("lr_max", lr_max, lr_min, np.inf, open_low=True, open_high=True)
        or checks.count("n_steps", n_steps, least=2)
        or (batch_size is not None and checks.count("batch_size", batch_size, most=len(data[0])))
        or checks.count("seed", seed, least=0)
    )
    if problem:
        raise problem
    first = optimizer(lr_min)
    if problem := checks.methods("optimizer(lr)", first, ("init", "step")):
        raise problem
    params = np.array(params, checks.float_type(params, *data))
    X, Y = (np.array(part, params.dtype) for part in data)
    lrs, shape = np.geomspace(lr_min, lr_max, n_steps), params.shape
    losses, smoothed, average = [], [], 0.0
    rows_of_each_step = _batches(len(X), batch_size, seed)

    state = first.init(params.copy())
    with np.errstate(all="ignore"):
        for lr, rows in zip(lrs.tolist(), rows_of_each_step, strict=False):
            x, y = X[rows].copy(), Y[rows].copy()
            answer = net.loss_and_grad(params.copy(), x, y, loss)
            if problem := checks.loss_and_grad(answer, shape, "net.loss_and_grad(...)"):
                raise problem
            losses.append(np.asarray(answer[0]).item())
            average = KEEP * average + (1 - KEEP) * losses[-1]
            smoothed.append(average / (1 - KEEP ** len(losses)))  # corrected as in Adam
            if _blew_up(losses, smoothed):
                break
            answer = optimizer(lr).step(params.copy(), kept(answer[1], params), state)
            if problem := checks.step_answer(answer, shape, "optimizer(lr).step(...)"):
                raise problem
            params, state = np.array(answer[0], X.dtype), answer[1]
    return _finder(lrs[: len(losses)], np.array(losses), np.array(smoothed))


def _batches(n_samples, batch_size, seed):
    """The batches of one epoch after the other, without end."""
    for epoch in count():
        yield from batches_of_epoch(n_samples, batch_size, seed, epoch)


def _blew_up(losses, smoothed):
    lowest = min(smoothed)
    too_high = smoothed[-1] > lowest + (BLOW_UP - 1) * abs(lowest)
    return bool(too_high or not np.isfinite(losses[-1]))


def _finder(lrs, losses, smoothed):
    return LRFinder(
        lrs,
        losses,
        smoothed,
        suggestion=_steepest(lrs, losses, smoothed),
        blow_up=float(lrs[-1]) if _blew_up(losses, smoothed) else None,
    )


def _steepest(lrs, losses, smoothed):
    """The rate of steepest fall, between where the loss leaves its first level and its lowest.

    Outside, on the plateau of small rates or in the turmoil of large ones, the steepest fall of
    all may be chance.
    """
    smoothed = smoothed[np.isfinite(smoothed)]
    if len(smoothed) < 2:
        return None
    first = len(losses) // 10  # steps in which nothing happens yet, but by chance
    lowest = first + smoothed[first:].argmin()
    level = losses[: 1 + first].mean()
    if not smoothed[lowest] < level:
        return None
    edge = smoothed[lowest] + 0.9 * (level - smoothed[lowest])  # a tenth of the way down
    above = np.flatnonzero(smoothed[: lowest + 1] >= edge)
    start = above[-1] if above.size else 0
    slope = np.gradient(smoothed, np.log10(lrs[: len(smoothed)]))[start : lowest + 1]
    return float(lrs[start + slope.argmin()])
