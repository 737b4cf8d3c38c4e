"""Losses: one number for how wrong a network is, and which way it would get worse.

A loss is a function ``loss(out, Y) -> (value, slope)``. ``out`` is what the network said, ``Y``
what it should have said, one sample per row; ``slope`` is dvalue/dout, shaped like ``out``.
In the formulas they are p and y (z where they are logits), for m samples of k outputs.

Losses are means, over the samples or over all entries, so that a learning rate means the same for
10 samples as for 10,000. Only ``rss`` and ``half_rss`` are sums. The factor 1/m lives here and
nowhere else. ``out`` may have a first axis of stacked runs; then there is one value per run.
"""

import numpy as np

from course_lib import checks
from course_lib.checks import floats
from course_lib.layers import Sigmoid, Softmax

quiet = np.errstate(all="ignore")  # an overflow is a large loss, not a warning
CLIP, CLIP_FLOAT32 = 1e-15, 1e-7  # the least probability; 1 - CLIP is still a number below 1


@quiet
def mse(out, Y):
    r"""Mean squared error, over all entries.

    .. math:: L = \frac{1}{m k} \sum_{n, j} (p_{nj} - y_{nj})^2, \qquad
              \frac{\partial L}{\partial p} = \frac{2 (p - y)}{m k}

    Parameters
    ----------
    out : array of shape ([n_runs,] n_samples, n_out)
    Y : array of shape (n_samples, n_out)

    Returns
    -------
    value : float or array of shape (n_runs,)
    slope : array shaped like ``out``

    Raises
    ------
    ValueError, TypeError
        If ``Y`` is not a 2-D array of finite numbers, or ``out`` does not match it.

    Examples
    --------
    >>> value, slope = mse([[2.0], [4.0]], [[3.0], [5.0]])
    >>> float(value), slope.tolist()
    (1.0, [[-1.0], [-1.0]])
    """
    if problem := checks.predictions(out, Y):
        raise problem
    error = floats(out) - floats(Y)
    return np.square(error).mean(axis=(-2, -1)), 2 * error / np.size(Y)


@quiet
def rss(out, Y):
    """Residual sum of squares: ``sum (p - y)²``, slope ``2 (p - y)``. A sum, not a mean.

    Arguments, results and errors as for :func:`mse`.
    """
    if problem := checks.predictions(out, Y):
        raise problem
    error = floats(out) - floats(Y)
    return np.square(error).sum(axis=(-2, -1)), 2 * error


@quiet
def half_rss(out, Y):
    """Half the residual sum of squares, whose slope ``p - y`` has no factor 2. A sum.

    Arguments, results and errors as for :func:`mse`.
    """
    if problem := checks.predictions(out, Y):
        raise problem
    error = floats(out) - floats(Y)
    return 0.5 * np.square(error).sum(axis=(-2, -1)), error


@quiet
def binary_cross_entropy(out, Y):
    r"""Binary cross-entropy of probabilities, the mean over all entries.

    .. math:: L = -\frac{1}{m k} \sum_{n, j} y \log p + (1 - y) \log(1 - p), \qquad
              \frac{\partial L}{\partial p} = \frac{p - y}{m k\, p (1 - p)}

    ``p`` is clipped to [1e-15, 1 - 1e-15] (float32: 1e-7), in the value and in the slope's
    denominator, so that a confident mistake is expensive but not infinite.

    Parameters
    ----------
    out : array of shape ([n_runs,] n_samples, n_out)
        Probabilities.
    Y : array of shape (n_samples, n_out)
        Labels between 0 and 1; soft labels are fine.

    Returns
    -------
    value : float or array of shape (n_runs,)
    slope : array shaped like ``out``

    Raises
    ------
    ValueError, TypeError
        If the shapes differ or a label lies outside [0, 1].

    Examples
    --------
    >>> value, slope = binary_cross_entropy([[0.5]], [[1.0]])
    >>> round(float(value), 4), slope.tolist()
    (0.6931, [[-2.0]])
    """
    if problem := checks.predictions(out, Y) or labels_problem(binary_cross_entropy, Y):
        raise problem
    out, Y = floats(out), floats(Y)
    p = inside(out)
    value = -(Y * np.log(p) + (1 - Y) * np.log1p(-p)).mean(axis=(-2, -1))
    return value, (out - Y) / (p * (1 - p)) / Y.size


@quiet
def cross_entropy(out, Y):
    r"""Cross-entropy of probabilities over classes, the mean over samples.

    .. math:: L = -\frac{1}{m} \sum_{n, j} y_{nj} \log p_{nj}, \qquad
              \frac{\partial L}{\partial p} = -\frac{y}{m\, p}

    Parameters
    ----------
    out : array of shape ([n_runs,] n_samples, n_classes)
        Probabilities, clipped as in :func:`binary_cross_entropy`.
    Y : array of shape (n_samples, n_classes)
        One-hot or soft labels; each row sums to 1.

    Returns
    -------
    value : float or array of shape (n_runs,)
    slope : array shaped like ``out``

    Raises
    ------
    ValueError, TypeError
        If the shapes differ, a label lies outside [0, 1] or a row does not sum to 1.
    """
    if problem := checks.predictions(out, Y) or labels_problem(cross_entropy, Y):
        raise problem
    p, Y = inside(floats(out)), floats(Y)
    return -(Y * np.log(p)).sum(axis=-1).mean(axis=-1), -Y / p / len(Y)


@quiet
def binary_cross_entropy_with_logits(out, Y):
    r"""Binary cross-entropy straight from ``z``, where ``p = sigmoid(z)``; exact for any ``z``.

    .. math:: L = \frac{1}{m k} \sum_{n, j} \max(z, 0) - y z + \log(1 + e^{-|z|}), \qquad
              \frac{\partial L}{\partial z} = \frac{p - y}{m k}

    Arguments, results and errors as for :func:`binary_cross_entropy`, but ``out`` are logits.
    """
    if problem := checks.predictions(out, Y) or labels_problem(binary_cross_entropy, Y):
        raise problem
    z, Y = floats(out), floats(Y)
    losses = np.maximum(z, 0) - Y * z + np.log1p(np.exp(-np.abs(z)))
    return losses.mean(axis=(-2, -1)), (Sigmoid().value(z) - Y) / Y.size


@quiet
def cross_entropy_with_logits(out, Y):
    r"""Cross-entropy straight from ``z``, where ``p = softmax(z)``; exact for any ``z``.

    .. math:: L = \frac{1}{m} \sum_n \Big(
              \log \sum_k e^{z_{nk}} - \sum_j y_{nj} z_{nj} \Big), \qquad
              \frac{\partial L}{\partial z} = \frac{p - y}{m}

    Arguments, results and errors as for :func:`cross_entropy`, but ``out`` are logits.
    """
    if problem := checks.predictions(out, Y) or labels_problem(cross_entropy, Y):
        raise problem
    z, Y = floats(out), floats(Y)
    z = z - z.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=-1))
    return (log_sum - (Y * z).sum(axis=-1)).mean(axis=-1), (Softmax().value(z) - Y) / len(Y)


def labels_problem(loss, Y, name="Y"):
    """The exception to raise where labels do not suit a loss, or None."""
    if loss in (binary_cross_entropy, binary_cross_entropy_with_logits):
        return checks.probabilities(name, Y)
    if loss in (cross_entropy, cross_entropy_with_logits):
        return checks.probabilities(name, Y, rows=True)
    return None


def inside(p):
    """Probabilities, kept so far from 0 and 1 that their logarithms are finite."""
    tiny = CLIP_FLOAT32 if p.dtype == np.float32 else CLIP
    return np.clip(p, tiny, 1 - tiny)


LOSSES = {
    loss.__name__: loss
    for loss in (
        mse,
        rss,
        half_rss,
        binary_cross_entropy,
        cross_entropy,
        binary_cross_entropy_with_logits,
        cross_entropy_with_logits,
    )
}

# A final sigmoid or softmax and its loss, joined into one exact step.
ON_LOGITS = {
    (Sigmoid, binary_cross_entropy): binary_cross_entropy_with_logits,
    (Softmax, cross_entropy): cross_entropy_with_logits,
}
WITH_LOGITS = tuple(ON_LOGITS.values())


def by_name(loss):
    """The function behind the name of a loss; a function is its own."""
    return LOSSES.get(loss, loss) if isinstance(loss, str) else loss


def on_logits(layer, loss):
    """The loss that joins a final layer and its loss in one exact step, or None."""
    # No look-up: a loss of the learner's own need not be hashable.
    for (kind, of_probabilities), joined in ON_LOGITS.items():
        if type(layer) is kind and loss is of_probabilities:
            return joined
    return None


def is_known(loss):
    """Whether a loss is of this library."""
    return any(loss is known for known in LOSSES.values())
