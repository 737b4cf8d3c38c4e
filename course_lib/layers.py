"""Layers: the pieces a network is made of, each with its forward rule and its backward rule.

A layer does two things. ``forward`` turns its input into its output, and returns a *cache* of
whatever the way back will need. ``backward`` takes the slope of the loss with respect to its
output and returns the slope with respect to its input, and with respect to its own parameters.
Nothing is stored inside a layer, so one may be used twice, or in the middle of something else.

Rows are samples. Any axes before the rows are independent runs.
"""

import math

import numpy as np

from course_lib import checks


class Dense:
    r"""Every output is a weighted sum of all inputs, plus a bias.

    .. math:: z_j = \sum_i x_i W_{ij} + b_j
              \qquad\text{for all samples at once:}\qquad Z = X W + b

    The way back. One weight ``W[i, j]`` touches one sum, ``z[j]``, with slope ``x[i]``; one
    input ``x[i]`` touches every ``z[j]``, with slope ``W[i, j]``. So

    .. math:: dW = X^\top dZ, \qquad db = \sum_{\text{samples}} dZ, \qquad dX = dZ\, W^\top

    Parameters
    ----------
    n_in, n_out : int
        Number of inputs and outputs, >= 1.

    Raises
    ------
    ValueError, TypeError
        If a number is not a whole number >= 1.
    """

    def __init__(self, n_in, n_out):
        if problem := checks.count("n_in", n_in) or checks.count("n_out", n_out):
            raise problem
        self.n_in, self.n_out = int(n_in), int(n_out)
        self.n_params = self.n_in * self.n_out + self.n_out

    def split(self, params):
        """The flat ``params`` of this layer as ``W`` and ``b``."""
        W, b = params[..., : -self.n_out], params[..., -self.n_out :]
        return W.reshape(*params.shape[:-1], self.n_in, self.n_out), b

    def forward(self, params, x):
        """``z`` of shape ([n_runs,] n_samples, n_out), and the cache, which is ``x``."""
        W, b = self.split(params)
        return x @ W + b[..., None, :], x

    def backward(self, params, x, dz):
        """``dx``, shaped like ``x``, and the gradient, shaped like ``params``."""
        W, _ = self.split(params)
        dW = x.swapaxes(-1, -2) @ dz
        db = dz.sum(axis=-2)
        dx = dz @ W.swapaxes(-1, -2)
        return dx, np.concatenate([dW.reshape(*db.shape[:-1], -1), db], axis=-1)

    def __repr__(self):
        return f"Dense({self.n_in}, {self.n_out})"


NO_PARAMS = np.empty(0)


class Activation:
    """A function applied to each number by itself: ``a = value(z)``, with slope ``da/dz``.

    One of your own needs ``value`` and ``slope``, and ``kink = True`` if its slope jumps or
    bends at ``z = 0``. The chain rule is the same for all: ``dz = da * slope``.
    """

    n_params = 0
    kink = False

    def forward(self, params, z):
        """``a``, shaped like ``z``, and the cache, which is both."""
        a = self.value(z)
        return a, (z, a)

    def backward(self, params, cache, da):
        """``dz``, shaped like ``z``, and a gradient of no entries."""
        return da * self.slope(*cache), NO_PARAMS

    def value(self, z):
        """The function itself."""
        raise NotImplementedError(f"{type(self).__name__} needs a method value(z)")

    def slope(self, z, a):
        """Its derivative, by ``z``, by ``a = value(z)`` or both, whichever is simpler."""
        raise NotImplementedError(f"{type(self).__name__} needs a method slope(z, a)")

    def __repr__(self):
        return f"{type(self).__name__}()"


class Linear(Activation):
    """``a = z``: no activation at all."""

    def value(self, z):
        return z

    def slope(self, z, a):
        return np.ones_like(z)


class Sigmoid(Activation):
    """``a = 1 / (1 + exp(-z))``, between 0 and 1; slope ``a (1 - a)``, at most 1/4."""

    def value(self, z):
        with np.errstate(over="ignore", under="ignore"):  # far left, 1 / infinity is 0: right
            return 1 / (1 + np.exp(-z))

    def slope(self, z, a):
        return a * (1 - a)


class Tanh(Activation):
    """``a = tanh z``, between -1 and 1; slope ``1 - a²``, at most 1."""

    def value(self, z):
        return np.tanh(z)

    def slope(self, z, a):
        return 1 - a**2


class ReLU(Activation):
    """``a = max(0, z)``; slope 1 where ``z > 0``, else 0 (at the kink ``z = 0`` too).

    References
    ----------
    V. Nair and G. Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
    """

    kink = True

    def value(self, z):
        return np.maximum(z, 0)

    def slope(self, z, a):
        return (z > 0).astype(z.dtype)


class LeakyReLU(Activation):
    """``a = z`` where ``z > 0``, else ``0.01 z``: never quite dead; slope 1, else 0.01.

    References
    ----------
    A. Maas, A. Hannun and A. Ng, "Rectifier nonlinearities improve neural network acoustic
    models", 2013.
    """

    kink = True

    def value(self, z):
        return z * self.slope(z, None)

    def slope(self, z, a):
        return np.where(z > 0, 1, 0.01).astype(z.dtype)


class ELU(Activation):
    """``a = z`` where ``z > 0``, else ``exp(z) - 1``; slope ``exp(z) = a + 1`` there.

    References
    ----------
    D.-A. Clevert, T. Unterthiner and S. Hochreiter, "Fast and accurate deep network learning by
    exponential linear units (ELUs)", 2016.
    """

    kink = True  # of the slope, which bends at 0: too sharp for central differences

    def value(self, z):
        return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))

    def slope(self, z, a):
        return np.where(z > 0, 1, a + 1)


class Softplus(Activation):
    """``a = log(1 + exp(z))``, a ReLU without a kink; its slope is the sigmoid.

    References
    ----------
    C. Dugas et al., "Incorporating second-order functional knowledge for better option pricing",
    2001.
    """

    def value(self, z):
        return np.logaddexp(0, z)

    def slope(self, z, a):
        return Sigmoid().value(z)


class SiLU(Activation):
    """``a = z s`` with the sigmoid ``s``; slope ``s (1 + z (1 - s))``. Also known as swish.

    References
    ----------
    S. Elfwing, E. Uchibe and K. Doya, "Sigmoid-weighted linear units for neural network function
    approximation in reinforcement learning", 2018.
    """

    def value(self, z):
        return z * Sigmoid().value(z)

    def slope(self, z, a):
        s = Sigmoid().value(z)
        return s * (1 + z * (1 - s))


class GELU(Activation):
    """``a = z Φ(z)`` with the normal distribution function ``Φ``; slope ``Φ(z) + z φ(z)``.

    Here ``φ`` is the normal density, the slope of ``Φ``.

    References
    ----------
    D. Hendrycks and K. Gimpel, "Gaussian error linear units (GELUs)", 2016.
    """

    def value(self, z):
        return z * self._normal(z)

    def slope(self, z, a):
        return self._normal(z) + z * np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)

    def _normal(self, z):
        erf = np.vectorize(math.erf, otypes=[float])  # NumPy has none
        return (0.5 + 0.5 * erf(z / math.sqrt(2))).astype(z.dtype)


class GELUTanh(Activation):
    """``a = z (1 + tanh u) / 2`` with ``u = √(2/π) (z + 0.044715 z³)``, close to GELU.

    Its slope is ``(1 + t) / 2 + z (1 - t²) u' / 2`` with ``t = tanh u``. From the same paper.
    """

    def value(self, z):
        return 0.5 * z * (1 + np.tanh(self._u(z)))

    def slope(self, z, a):
        t = np.tanh(self._u(z))
        du = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * z**2)
        return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * du

    def _u(self, z):
        return math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)


class Softmax(Activation):
    """``a_j = exp(z_j) / sum_k exp(z_k)``: positive numbers that sum to 1 along each row.

    Every output depends on every input of its row, with slopes ``a_j ([j = k] - a_k)``. So on
    the way back each row also gives up what it has in common:
    ``dz = a (da - sum_k a_k da_k)``.
    """

    def value(self, z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))  # shifting all z_k changes nothing
        return e / e.sum(axis=-1, keepdims=True)

    def backward(self, params, cache, da):
        _, a = cache
        return a * (da - (a * da).sum(axis=-1, keepdims=True)), NO_PARAMS


ACTIVATIONS = {
    "linear": Linear,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": ELU,
    "softplus": Softplus,
    "silu": SiLU,
    "gelu": GELU,
    "gelu_tanh": GELUTanh,
    "softmax": Softmax,
}
