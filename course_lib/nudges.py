r"""Nudges: central differences of a whole network, many weights at a time.

The honest way to measure a slope is to nudge one parameter up and down and to run the network for
each. For 10,000 parameters these are 20,000 runs, which nearly all repeat each other: a weight
:math:`W_{ij}` does nothing but move one sum, :math:`z_j`, by :math:`\pm\epsilon\, x_i` (a bias, by
:math:`\pm\epsilon`). What comes before stays as it was. So take one unit ``j`` and all its incoming
weights: each nudge of one of them, and each sample whose sum it moves, becomes a row, and the rest
of the network runs once for all these rows. Where a nudge moves nothing, because an input is 0 or
a ReLU is off, there is no row.

Nothing is approximated: each slope is still the difference of two runs of the real layers.
"""

import numpy as np

from course_lib.layers import NO_PARAMS, Dense, Softmax
from course_lib.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    half_rss,
    inside,
    mse,
    on_logits,
    rss,
)

ROWS = 2**14  # as many at a time as a core can keep close


def measure(net, params, X, Y, loss, eps, joined=True):
    """Nudge every parameter of a network by ``eps``, up and down.

    Parameters
    ----------
    net : Network
    params, X, Y : arrays of float64
    loss : callable
        A loss of this library.
    eps : float
    joined : bool
        Whether a final sigmoid or softmax and its loss are one step, as in ``loss_and_grad``.

    Returns
    -------
    slopes : array of shape (n_params,)
    kinks : list of int
        Entries whose nudge moves some unit onto, off or across the kink of its activation.
    """
    layers = net.layers
    if joined and (exact := on_logits(layers[-1], loss)):
        loss, layers = exact, layers[:-1]
    with np.errstate(all="ignore"):
        nudges = _Nudges(net, params, X, Y, loss, layers, eps)
        for n, layer in enumerate(layers):
            if isinstance(layer, Dense):
                nudges.measure(n, layer)
    return nudges.slopes, np.flatnonzero(nudges.kinks).tolist()


class _Nudges:
    """A network at one place, with all its values there."""

    def __init__(self, net, params, X, Y, loss, layers, eps):
        self.layers, self.loss, self.Y, self.eps = layers, loss, Y, eps
        self.params = [params[place] for place in net._places[: len(layers)]]
        self.values = [X]  # what goes into each layer, and what comes out of the last
        for layer, own in zip(layers, self.params, strict=True):
            self.values.append(layer.forward(own, self.values[-1])[0])
        self.usual = row_losses(loss, self.values[-1], Y, len(Y))
        self.slopes, self.kinks = np.zeros(net.n_params), np.zeros(net.n_params, bool)
        self.places = net._places

    def measure(self, n, layer):
        """Slopes and kinks of all parameters of layer ``n``, a ``Dense``."""
        slopes, kinks = (
            flat[self.places[n]].reshape(-1, layer.n_out) for flat in (self.slopes, self.kinks)
        )
        inputs = np.concatenate([self.values[n].T, np.ones((1, len(self.Y)))])
        step = max(1, ROWS // (2 * len(self.Y)))
        for first in range(0, len(inputs), step):
            part = slice(first, first + step)
            up = self.eps * inputs[part]
            moves = np.concatenate([up, -up])
            nudge, sample = moves.nonzero()
            rows = moves[nudge, sample], nudge, sample
            for j in range(layer.n_out):
                slopes[part, j], kinks[part, j] = self._unit(n, j, rows, len(moves))

    def _unit(self, n, j, rows, n_nudges):
        """Slopes and kinks of some weights into unit ``j`` of layer ``n``.

        Each row is one sample in one nudge, up or down, and what that adds to the unit's sum.
        """
        moves, nudge, sample = rows
        z, rest, kinks = self.values[n + 1][:, j], n + 1, np.zeros(n_nudges, bool)
        follows = self.layers[n + 1 : n + 3]
        if len(follows) == 2 and _acts_alone(follows[0]) and isinstance(follows[1], Dense):
            before, activation = z.take(sample), follows[0]
            moved = before + moves
            if activation.kink:
                kinks[nudge[moved * before <= 0]] = True
            moves = activation.forward(NO_PARAMS, moved)[0] - self.values[n + 2][:, j].take(sample)
            rows = (moves != 0).nonzero()[0]  # quicker than moves.nonzero()
            moves, nudge, sample = (of_all.take(rows) for of_all in (moves, nudge, sample))
            weights, rest = follows[1].split(self.params[n + 2])[0][j], n + 3
        x = self.values[rest].T.take(sample, axis=1)
        if rest == n + 1:
            x[j] += moves
        else:
            x += np.dot(weights[:, None], moves[None])  # quicker than a broadcast product
        x, touched = self._run(rest, x.T, sample)
        kinks[nudge[touched]] = True
        change = row_losses(self.loss, x, self.Y.T.take(sample, axis=1).T, len(self.Y))
        change -= self.usual[sample]
        up, down = np.bincount(nudge, change, n_nudges).reshape(2, -1)
        return (up - down) / (2 * self.eps), kinks.reshape(2, -1).any(axis=0)

    def _run(self, first, x, sample):
        """The layers from ``first`` on; and which rows they move to another side of a kink."""
        touched = np.zeros(len(x), bool)
        for n in range(first, len(self.layers)):
            if getattr(self.layers[n], "kink", False):
                touched |= (np.sign(x) != np.sign(self.values[n][sample])).any(axis=1)
            x, _ = self.layers[n].forward(self.params[n], x)
        return x, touched


def _acts_alone(layer):
    """Whether a layer takes each number by itself."""
    return not isinstance(layer, (Dense, Softmax))


def row_losses(loss, out, Y, n_samples):
    """What each row adds to a loss of ``n_samples`` rows."""
    if loss in (mse, rss, half_rss):
        share = {mse: 1 / (n_samples * Y.shape[1]), rss: 1, half_rss: 0.5}[loss]
        return share * np.square(out - Y).sum(axis=1)
    if loss is binary_cross_entropy:
        p = inside(out)
        return -(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=1) / (n_samples * Y.shape[1])
    if loss is cross_entropy:
        return -(Y * np.log(inside(out))).sum(axis=1) / n_samples
    if loss is binary_cross_entropy_with_logits:
        losses = np.maximum(out, 0) - Y * out + np.log1p(np.exp(-np.abs(out)))
        return losses.sum(axis=1) / (n_samples * Y.shape[1])
    z = out - out.max(axis=1, keepdims=True)
    sums = np.exp(z) @ np.ones(Y.shape[1])
    return (np.log(sums) - np.einsum("ij,ij->i", Y, z)) / n_samples
