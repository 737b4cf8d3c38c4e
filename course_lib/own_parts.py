"""Layers and networks of a learner's own, asked with care.

A layer of this library just answers. One of the learner's own may work in place, use its arrays
again, or answer something that does not fit: it gets copies, and what it answers is checked and
copied.
"""

from copy import deepcopy

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


@np.errstate(all="ignore")
def in_two_steps(net, params, X, Y, loss):
    """Loss and gradient of a network whose ``forward`` or ``backward`` is a learner's own."""
    out, caches = net.forward(params.copy(), X.copy())
    out = np.array(out)
    answer = loss(out.copy(), Y.copy())
    if problem := checks.loss_answer(answer, out):
        raise problem
    value = np.reshape(answer[0], params.shape[:-1])[()]
    return value, net.backward(params.copy(), caches, np.asarray(answer[1]))


def asked(layer):
    """The layer, or what asks it with care."""
    return _Asked(layer) if is_own(layer) else layer


class _Asked:
    """Has ``forward`` and ``backward``, as a layer has."""

    def __init__(self, layer):
        self.layer, self.name = layer, type(layer).__name__

    def forward(self, params, x):
        layer, name = self.layer, self.name
        shape = x.shape[-2], getattr(layer, "n_out", x.shape[-1])
        if inherits(layer, ("forward",), Activation):
            a = _checked(f"{name}.value(z)", layer.value(x.copy()), shape)
            return a, (x, a)
        answer = layer.forward(params.copy(), x.copy())
        if problem := checks.pair(f"{name}.forward(params, x)", answer, "(output, cache)"):
            raise problem
        out = _checked(f"the output of {name}.forward(params, x)", answer[0], shape)
        return out, deepcopy(answer[1])

    def backward(self, params, cache, dout):
        layer, name = self.layer, self.name
        shape = dout.shape[-2], getattr(layer, "n_in", dout.shape[-1])
        if inherits(layer, ("forward", "backward"), Activation):
            slope = layer.slope(*(part.copy() for part in cache))
            if np.ndim(slope) < 2 and np.size(slope) in (1, shape[1]):  # the same for every sample
                slope = np.ones(shape) * slope
            return dout * _checked(f"{name}.slope(z, a)", slope, shape), NO_PARAMS
        name += ".backward(params, cache, dout)"
        answer = layer.backward(params.copy(), deepcopy(cache), dout.copy())
        if problem := checks.pair(name, answer, "(dx, grad)"):
            raise problem
        dx, grad = answer
        if layer.n_params == 0:
            grad = NO_PARAMS
        elif problem := checks.same_shape(f"the gradient of {name}", grad, params.shape):
            raise problem
        dx = None if dx is None else _checked(f"dx of {name}", dx, shape)
        return dx, np.array(checks.floats(grad))


def _checked(name, answer, shape):
    """An answer with a row for each sample, in an array of its own."""
    if problem := checks.numeric(name, answer):
        raise problem
    if np.shape(answer)[-2:] != shape:
        wanted = f"shape {shape}, a row for each sample"
        raise checks.wrong(ValueError, name, wanted, np.asarray(answer))
    return np.array(checks.floats(answer))
