r"""Clipping: a gradient too long to trust is cut short before the step.

Where a loss has a cliff, one gradient can be a thousand times longer than the last, and one step
undoes all that was learned. A clipper is a function ``clip(grad) -> grad``.
"""

import numpy as np

from course_lib import checks


def clip_by_value(limit):
    r"""Cut every entry to between -limit and limit; this may turn the gradient's direction.

    .. math:: g_i \leftarrow \min(\max(g_i, -c), c)

    Parameters
    ----------
    limit : float
        :math:`c` > 0.

    Returns
    -------
    clip : callable
        ``clip(grad) -> grad``, for one run or stacked runs.

    Raises
    ------
    ValueError, TypeError
        If ``limit`` is not a finite number > 0.

    Examples
    --------
    >>> clip_by_value(1.0)(np.array([3.0, -4.0, 0.5]))
    array([ 1. , -1. ,  0.5])
    """
    if problem := checks.amount("limit", limit):
        raise problem
    limit = float(limit)

    def clip(grad):
        if problem := checks.numeric("grad", grad):
            raise problem
        return np.clip(grad, -limit, limit)

    return clip


def clip_by_norm(max_norm):
    r"""Shorten a gradient longer than ``max_norm`` to that length; its direction stays.

    .. math:: g \leftarrow g \cdot \min\Big(1, \frac{c}{\lVert g \rVert}\Big)

    The norm runs over all parameters of a run at once.

    Parameters
    ----------
    max_norm : float
        :math:`c` > 0.

    Returns
    -------
    clip : callable
        ``clip(grad) -> grad``, for one run or stacked runs (each by its own norm).

    Raises
    ------
    ValueError, TypeError
        If ``max_norm`` is not a finite number > 0.

    References
    ----------
    R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural
    networks", 2013.

    Examples
    --------
    >>> clip_by_norm(1.0)(np.array([3.0, -4.0]))
    array([ 0.6, -0.8])
    """
    if problem := checks.amount("max_norm", max_norm):
        raise problem
    max_norm = float(max_norm)

    @np.errstate(all="ignore")
    def clip(grad):
        if problem := checks.numeric("grad", grad):
            raise problem
        norm = _length(grad)
        clipped = grad * (max_norm / np.maximum(norm, max_norm))
        if np.isinf(norm).any():  # the squares overflow: measure in units of the largest entry
            largest = np.abs(grad).max(axis=-1, keepdims=True)
            unit = grad / largest
            shorter = unit * np.minimum(max_norm / _length(unit), largest)
            clipped = np.where(np.isinf(norm), shorter, clipped)
        return clipped

    return clip


def _length(grad):
    return np.sqrt(np.square(grad).sum(axis=-1, keepdims=True))
