"""Traces: a forward and a backward pass with nothing left out, for hands and eyes to follow."""

from dataclasses import dataclass

import numpy as np

from course_lib.layers import Dense
from course_lib.losses import on_logits
from course_lib.own_parts import asked


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """What one layer of weights computes, there and back.

    Attributes
    ----------
    a : array of shape (n_samples, n_out)
        Its output, after the activation; of layer 0 the data ``X``.
    z : array of shape (n_samples, n_out)
        What went into the activation, ``z = a_before @ W + b``; None in layer 0.
    W, b : arrays of shape (n_in, n_out) and (n_out,)
        Its parameters; None in layer 0.
    da, dz, dW, db : arrays shaped like ``a``, ``z``, ``W`` and ``b``
        The slope of the loss with respect to each; None in layer 0, whose ``da`` is ``Trace.dX``.
    """

    a: np.ndarray
    z: np.ndarray | None = None
    W: np.ndarray | None = None
    b: np.ndarray | None = None
    da: np.ndarray | None = None
    dz: np.ndarray | None = None
    dW: np.ndarray | None = None
    db: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything that a forward and a backward pass compute; ``Network.trace`` makes it.

    Attributes
    ----------
    layers : list of LayerTrace
        ``layers[0].a`` is ``X``; ``layers[1]``, … are numbered as in ``Network.parameter_name``.
    loss : float
    dX : array shaped like ``X``
        The slope of the loss with respect to the data.
    """

    layers: list
    loss: float
    dX: np.ndarray

    def __repr__(self):
        return f"Trace({len(self.layers) - 1} layers, loss {self.loss:.6g})"


def trace(layers, places, params, X, Y, loss):
    """Follow one network there and back; ``places`` says where each layer's params are."""
    xs, caches = [X], []
    for layer, place in zip(layers, places, strict=True):
        x, cache = asked(layer).forward(params[place], xs[-1])
        xs.append(x)
        caches.append(cache)
    value, slope = loss(xs[-1].copy(), Y.copy())
    slopes, grads = [np.array(slope)], []
    for layer, place, cache in zip(layers[::-1], places[::-1], caches[::-1], strict=True):
        slope, grad = asked(layer).backward(params[place], cache, slopes[-1])
        if len(slopes) == 1 and (exact := on_logits(layer, loss)):  # as in loss_and_grad
            value, slope = exact(xs[-2], Y)
        slopes.append(slope)
        grads.append(grad)
    slopes, grads = slopes[::-1], grads[::-1]

    starts = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    shown = [LayerTrace(a=X)]
    for i, end in zip(starts, [*starts[1:], len(layers)], strict=True):
        W, b = layers[i].split(params[places[i]])
        dW, db = layers[i].split(grads[i])
        z, dz = xs[i + 1], slopes[i + 1]
        shown.append(LayerTrace(xs[end], z, W, b, slopes[end], dz, dW, db))
    return Trace(shown, np.asarray(value).item(), slopes[0])
