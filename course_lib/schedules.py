r"""Schedules: how large a step should be, as time goes by.

A schedule is a function ``step -> learning rate``, with ``step`` counted from 0. That is all:
no state, nothing to reset; for the same step it always gives the same rate. An optimizer asks its
schedule before each update, perhaps more than once.

Throughout, :math:`\eta` is the learning rate ``lr`` and :math:`k` the step. ``lr`` may be an array
of shape (n_runs, 1), one rate for each of several stacked runs, and comes back in that shape;
a schedule of one rate also takes an array of steps, which is how to draw it. Past their end
schedules stay where they are. Every function here raises ``ValueError`` or ``TypeError`` where an
argument is out of its range.
"""

from functools import partial
from inspect import signature

import numpy as np

from course_lib import checks
from course_lib.checks import plain


def constant(lr):
    r"""The same learning rate at every step: :math:`\eta_k = \eta`.

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The learning rate, > 0.

    Examples
    --------
    >>> schedule = constant(0.1)
    >>> schedule(0), schedule(1000)
    (0.1, 0.1)
    """
    if problem := checks.positive("lr", lr):
        raise problem
    lr = plain(lr)
    if np.ndim(lr):
        lr.flags.writeable = False  # every step hands out this very array

    def rate(step):
        single = isinstance(step, int) or np.ndim(step) == 0  # an int is quickly seen
        return lr if single else lr + np.zeros(np.shape(step))

    return Schedule(rate, partial(constant, lr))


def step_decay(lr, drop=0.5, every=20):
    r"""Multiply the rate by ``drop`` after every ``every`` steps.

    .. math:: \eta_k = \eta\, d^{\lfloor k/n \rfloor}

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The first learning rate, > 0.
    drop : float
        :math:`d`, with 0 < drop <= 1.
    every : int
        :math:`n` >= 1.

    Examples
    --------
    >>> schedule = step_decay(0.1, drop=0.5, every=20)
    >>> schedule(19), schedule(20), schedule(40)
    (0.1, 0.05, 0.025)
    """
    problem = (
        checks.positive("lr", lr)
        or checks.between("drop", drop, 0, 1, open_low=True)
        or checks.count("every", every)
    )
    if problem:
        raise problem
    lr = plain(lr)
    return _schedule(lambda k: lr * drop ** (k // every), partial(step_decay, lr, drop, every))


def exponential_decay(lr, rate=0.05):
    r"""Shrink by the same share at every step: :math:`\eta_k = \eta\, e^{-rk}`.

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The first learning rate, > 0.
    rate : float
        :math:`r` > 0, per step.

    Examples
    --------
    >>> round(exponential_decay(0.1, rate=0.05)(20), 6)
    0.036788
    """
    if problem := checks.positive("lr", lr) or checks.positive("rate", rate):
        raise problem
    lr, rate = plain(lr), plain(rate)
    return _schedule(lambda k: lr * np.exp(-rate * k), partial(exponential_decay, lr, rate))


def cosine_annealing(lr, total, final=0.0):
    r"""Slide from ``lr`` to ``final`` along half a cosine, slow at both ends.

    .. math:: \eta_k = \eta_T + (\eta - \eta_T)\, \frac{1 + \cos(\pi k / T)}{2}

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The first learning rate, > 0.
    total : int
        :math:`T`, the step at which ``final`` is reached, >= 1.
    final : float
        :math:`\eta_T` >= 0.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.

    Examples
    --------
    >>> schedule = cosine_annealing(0.1, total=100)
    >>> schedule(0), round(schedule(50), 9), schedule(100), schedule(200)
    (0.1, 0.05, 0.0, 0.0)
    """
    if problem := _problem(lr, total=total, final=final):
        raise problem
    lr = plain(lr)

    def rate(k):
        return final + (lr - final) * _half_cosine(_share(k, total))

    return _schedule(rate, partial(cosine_annealing, lr, total, final))


def linear_warmup(lr, warmup, start_factor):
    r"""Rise in a straight line from a small rate to ``lr``, then stay.

    .. math:: \eta_k = \eta\, \Big(s + (1 - s)\, \frac{\min(k, n)}{n}\Big)

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The last learning rate, > 0.
    warmup : int
        :math:`n`, how many steps the rise takes, >= 1.
    start_factor : float
        :math:`s`, with 0 < start_factor <= 1.

    References
    ----------
    P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017.

    Examples
    --------
    >>> schedule = linear_warmup(0.1, warmup=10, start_factor=0.1)
    >>> round(schedule(0), 9), round(schedule(5), 9), schedule(10)
    (0.01, 0.055, 0.1)
    """
    problem = _problem(lr, warmup=warmup) or checks.between(
        "start_factor", start_factor, 0, 1, open_low=True
    )
    if problem:
        raise problem
    lr = plain(lr)

    def rate(k):
        return lr * (start_factor + (1 - start_factor) * _share(k, warmup))

    return _schedule(rate, partial(linear_warmup, lr, warmup, start_factor))


def warmup_cosine(lr, warmup, total):
    r"""Rise in a straight line for ``warmup`` steps, then slide to 0 along half a cosine.

    .. math:: \eta_k = \eta\, \frac{k + 1}{n} \quad (k < n), \qquad
              \eta_k = \eta\, \frac{1 + \cos(\pi (k - n) / (T - n))}{2} \quad (k \ge n)

    The rise begins at ``lr / warmup``, not at 0: a step with learning rate 0 would be wasted.

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The highest learning rate, > 0.
    warmup : int
        :math:`n` >= 1.
    total : int
        :math:`T` > warmup.

    Examples
    --------
    >>> schedule = warmup_cosine(0.1, warmup=10, total=100)
    >>> round(schedule(0), 9), schedule(9), schedule(10), schedule(100)
    (0.01, 0.1, 0.1, 0.0)
    """
    problem = _problem(lr, warmup=warmup, total=total)
    if problem or (problem := checks.count("total", total, least=warmup + 1)):
        raise problem
    lr = plain(lr)

    def rate(k):
        rise = _share(k + 1, warmup)
        fall = _half_cosine(_share(k - warmup, total - warmup))
        return lr * np.where(k < warmup, rise, fall)

    return _schedule(rate, partial(warmup_cosine, lr, warmup, total))


def polynomial_decay(lr, power, total):
    r"""Fall to 0 at step ``total`` as a power: :math:`\eta_k = \eta\, (1 - k/T)^p`.

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The first learning rate, > 0.
    power : float
        :math:`p` > 0; 1 is a straight line.
    total : int
        :math:`T` >= 1.

    Examples
    --------
    >>> schedule = polynomial_decay(0.1, power=2, total=100)
    >>> schedule(0), schedule(50), schedule(100)
    (0.1, 0.025, 0.0)
    """
    if problem := _problem(lr, total=total) or checks.positive("power", power):
        raise problem
    lr, power = plain(lr), plain(power)

    def rate(k):
        return lr * (1 - _share(k, total)) ** power

    return _schedule(rate, partial(polynomial_decay, lr, power, total))


def warm_restarts(lr, first, factor=2, final=0.0):
    r"""Half a cosine after the other, each starting at ``lr`` again and ``factor`` times as long.

    .. math:: \eta_k = \eta_T + (\eta - \eta_T)\, \frac{1 + \cos(\pi j / T_i)}{2},

    with :math:`j` the steps since the last restart and :math:`T_i` the length of that cycle.

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The learning rate after each restart, > 0.
    first : int
        Length of the first cycle in steps, >= 1.
    factor : int
        How much longer each cycle is than the last, >= 1.
    final : float
        The rate that each cycle slides towards, >= 0.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.

    Examples
    --------
    >>> schedule = warm_restarts(0.1, first=10)
    >>> schedule(0), round(schedule(5), 9), schedule(10), round(schedule(20), 9)
    (0.1, 0.05, 0.1, 0.05)
    """
    problem = _problem(lr, first=first, final=final) or checks.count("factor", factor)
    if problem:
        raise problem
    lr = plain(lr)

    def rate(k):
        since, length = k, np.full(k.shape, float(first))
        if factor == 1:
            since = since % first
        while (over := since >= length).any():
            since = np.where(over, since - length, since)
            length = np.where(over, length * factor, length)
        return final + (lr - final) * _half_cosine(since / length)

    return _schedule(rate, partial(warm_restarts, lr, first, factor, final))


def one_cycle(max_lr, total, pct_start=0.3, div_factor=25.0, final_div_factor=1e4):
    r"""One rise and one fall, both along half a cosine, the fall going far below the start.

    From ``max_lr / div_factor`` up to ``max_lr`` at step ``pct_start * total - 1``, then down to
    ``max_lr / div_factor / final_div_factor`` at step ``total - 1``. A half cosine that goes from
    :math:`\eta_a` at step :math:`a` to :math:`\eta_b` at step :math:`b` is

    .. math:: \eta_k = \eta_b + (\eta_a - \eta_b)\, \frac{1 + \cos(\pi (k - a) / (b - a))}{2}

    Parameters
    ----------
    max_lr : float or array of shape (n_runs, 1)
        The highest learning rate, > 0.
    total : int
        Number of steps, >= 2.
    pct_start : float
        The share of the steps that rise, with 0 < pct_start < 1 and at least two steps to rise.
    div_factor, final_div_factor : float
        How many times smaller the rate is at the start, and at the end than at the start; > 0.

    References
    ----------
    L. N. Smith, "A disciplined approach to neural network hyper-parameters", 2018.

    Examples
    --------
    >>> schedule = one_cycle(0.1, total=100)
    >>> round(schedule(0), 9), schedule(29), round(schedule(99), 12)
    (0.004, 0.1, 4e-07)
    """
    problem = (
        checks.positive("max_lr", max_lr)
        or checks.count("total", total, least=2)
        or checks.between("pct_start", pct_start, 0, 1, open_low=True, open_high=True)
        or checks.amount("div_factor", div_factor)
        or checks.amount("final_div_factor", final_div_factor)
    )
    if problem:
        raise problem
    peak, end = pct_start * total - 1, total - 1
    if not 0 < peak < end:
        wanted = f"a share of {total} steps that leaves at least two to rise and one to fall"
        raise checks.wrong(ValueError, "pct_start", wanted, pct_start)
    max_lr = plain(max_lr)
    first = max_lr / div_factor
    last = first / final_div_factor

    def rate(k):
        rise = max_lr + (first - max_lr) * _half_cosine(_share(k, peak))
        fall = last + (max_lr - last) * _half_cosine(_share(k - peak, end - peak))
        return np.where(k <= peak, rise, fall)

    call = partial(one_cycle, max_lr, total, pct_start, div_factor, final_div_factor)
    return _schedule(rate, call)


def per_epoch(schedule, updates_per_epoch):
    """Make a schedule count epochs: the rate changes only after ``updates_per_epoch`` steps.

    Parameters
    ----------
    schedule : callable
        ``schedule(epoch) -> lr``.
    updates_per_epoch : int
        How many updates (batches) make an epoch, >= 1.

    Examples
    --------
    >>> schedule = per_epoch(step_decay(0.1, every=1), updates_per_epoch=50)
    >>> schedule(49), schedule(50)
    (0.1, 0.05)
    """
    problem = checks.function("schedule", schedule, "epoch -> lr") or checks.count(
        "updates_per_epoch", updates_per_epoch
    )
    if problem:
        raise problem

    def rate(step):
        return schedule((np.asarray(step) if np.ndim(step) else step) // updates_per_epoch)

    return Schedule(rate, partial(per_epoch, schedule, updates_per_epoch))


class Schedule:
    """What the functions above make: prints as the call that made it, and can be stored.

    A plain function ``step -> lr`` of your own is as good a schedule.

    Attributes
    ----------
    fixed : float, array or None
        The rate, where it never changes.
    """

    def __init__(self, rate, call):
        self._rate, self._call = rate, call
        self.fixed = call.args[0] if call.func is constant else None

    def __call__(self, step):
        """The learning rate at a step counted from 0, or at each of an array of steps."""
        if problem := checks.step("step", step):
            raise problem
        return self._rate(step)

    def __repr__(self):
        names = signature(self._call.func).parameters
        words = [
            repr(v) if isinstance(v, Schedule) else checks.describe(v) for v in self._call.args
        ]
        settings = ", ".join(f"{n}={word}" for n, word in zip(names, words, strict=True))
        return f"{self._call.func.__name__}({settings})"

    def __reduce__(self):
        return self._call, ()


def _schedule(formula, call):
    """A schedule, from the formula for its rate at a step ``k`` (or an array) and its own call."""

    def rate(step):
        with np.errstate(all="ignore"):  # a rate too small for a number is 0
            return plain(formula(np.asarray(step, dtype=float)))

    return Schedule(rate, call)


def _share(step, total):
    """How much of the way is done, between 0 and 1."""
    return np.clip(step / total, 0, 1)


def _half_cosine(share):
    """From 1 to 0, slow at both ends."""
    return (1 + np.cos(np.pi * share)) / 2


def _problem(lr, final=0.0, **counts):
    problems = [
        checks.positive("lr", lr),
        checks.between("final", final, 0, np.inf, open_high=True),
    ]
    problems += [checks.count(name, value) for name, value in counts.items()]
    return next(filter(None, problems), None)
