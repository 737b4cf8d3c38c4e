"""Layers of a learner's own, asked with care.

``forward`` and ``backward`` ask a layer for the method of that name. A layer of this library just
answers. One of the learner's own may work in place, use its arrays again, or answer something that
does not fit: it gets copies, and what it answers is checked and copied.
"""

import numpy as np

from course_lib import checks
from course_lib.layers import ACTIVATIONS, NO_PARAMS, Activation, Dense

KINDS = (Dense, *ACTIVATIONS.values())


def is_own(layer):
    """Whether a layer is not of this library, or something in it is replaced."""
    return type(layer) not in KINDS or any(map(callable, vars(layer).values()))


def inherits(part, methods, kind):
    """Whether methods are still those of ``kind``, neither overridden nor replaced."""
    return all(getattr(getattr(part, m), "__func__", None) is getattr(kind, m) for m in methods)


def forward(layer, params, x):
    """What a layer makes of ``x``, and its cache."""
    if not is_own(layer):
        return layer.forward(params, x)
    name, rows, width = type(layer).__name__, x.shape[-2], getattr(layer, "n_out", x.shape[-1])
    if inherits(layer, ("forward",), Activation):
        a = _checked(f"{name}.value(z)", layer.value(x.copy()), (rows, width))
        return a, (x, a)
    answer = layer.forward(params.copy(), x.copy())
    if problem := checks.pair(f"{name}.forward(params, x)", answer, "(output, cache)"):
        raise problem
    return _checked(f"the output of {name}.forward(params, x)", answer[0], (rows, width)), answer[1]


def backward(layer, params, cache, dout):
    """The slope of the loss with respect to a layer's input, and to its own params."""
    if not is_own(layer):
        return layer.backward(params, cache, dout)
    name, rows, width = type(layer).__name__, dout.shape[-2], getattr(layer, "n_in", dout.shape[-1])
    if inherits(layer, ("forward", "backward"), Activation):
        slope = layer.slope(*(part.copy() for part in cache))
        if np.ndim(slope) < 2 and np.size(slope) in (1, width):  # the same for every sample
            slope = np.ones((rows, width)) * slope
        return dout * _checked(f"{name}.slope(z, a)", slope, (rows, width)), NO_PARAMS
    name += ".backward(params, cache, dout)"
    answer = layer.backward(params.copy(), cache, dout.copy())
    if problem := checks.pair(name, answer, "(dx, grad)"):
        raise problem
    dx, grad = answer
    if layer.n_params == 0:
        grad = NO_PARAMS
    elif problem := checks.same_shape(f"the gradient of {name}", grad, params.shape):
        raise problem
    return None if dx is None else _checked(f"dx of {name}", dx, (rows, width)), grad


def _checked(name, answer, shape):
    """An answer with a row for each sample, in an array of its own."""
    if problem := checks.numeric(name, answer):
        raise problem
    if np.shape(answer)[-2:] != shape:
        wanted = f"shape {shape}, a row for each sample"
        raise checks.wrong(ValueError, name, wanted, np.asarray(answer))
    return np.array(checks.floats(answer))
