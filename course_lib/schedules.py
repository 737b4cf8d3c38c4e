"""Schedules: how large a step should be, as time goes by.

A schedule is a function ``step -> learning rate``, with ``step`` counted from 0. That is all:
no state, nothing to reset. An optimizer asks its schedule before each update.
"""

from course_lib import checks


def constant(lr):
    r"""The same learning rate at every step.

    .. math:: \eta_k = \eta

    Parameters
    ----------
    lr : float or array of shape (n_runs, 1)
        The learning rate, > 0; an array gives each of several stacked runs its own.

    Returns
    -------
    schedule : callable
        ``schedule(step) -> lr``.

    Raises
    ------
    ValueError, TypeError
        If ``lr`` is not a finite number > 0.

    Examples
    --------
    >>> schedule = constant(0.1)
    >>> schedule(0), schedule(1000)
    (0.1, 0.1)
    """
    if problem := checks.positive("lr", lr):
        raise problem
    return lambda step: lr
