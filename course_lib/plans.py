r"""Plans: the NumPy calls of one training step, written down once and replayed.

``Network._forward`` and ``Network._backward`` say what a step computes, and stay the place to
read about it. A small network, though, spends most of a step on preparations: it cuts ``params``
into layers, makes room for every result, adds a bias here and sums a bias's slopes there. A plan
prepares once and then only calculates. ``minimize`` and ``train`` follow one where network, loss
and optimizer are all of this library, and the readable path everywhere else.

Nothing is approximated; a test holds both paths to the same numbers. Three things are arranged
differently:

- Samples are columns. What a softmax sums then lies in rows of memory, quick to add up.
- Every layer has one more input, which is always 1; its weight is the bias. In ``params`` the
  biases follow their ``W``, so both together are one matrix, here called ``W``.
- Every result has an array of its own, made once and overwritten by every replay.

Print a plan to read it; on the right are the functions it calls:

>>> import numpy as np
>>> from course_lib import mlp, xor
>>> net, (X, Y) = mlp([2, 4, 1], ["tanh", "sigmoid"]), xor()
>>> params, grad = net.init_params(0), np.empty(net.n_params)
>>> plan = GradientPlan(net, "binary_cross_entropy", params, grad, n_rows=4)
>>> print(plan)
1  Z1 = W1ᵀ A0                         dot
2  A1 = tanh Z1                        tanh
3  Z2 = W2ᵀ A1                         dot
4  loss = mean log(1 + exp Z2) - Y Z2  multiply logaddexp dot
5  dZ2 = (sigmoid Z2 - Y) / m          multiply tanh multiply add
6  dW2 = A1 dZ2ᵀ                       dot
7  dA1 = W2 dZ2                        dot
8  dZ1 = dA1 (1 - A1²)                 multiply subtract multiply
9  dW1 = A0 dZ1ᵀ                       dot
>>> plan.load(X, Y)
>>> value = plan.replay()
>>> np.allclose(grad, net.loss_and_grad(params, X, Y, "binary_cross_entropy")[1], atol=1e-15)
True
"""

from functools import partial

import numpy as np

from course_lib.layers import NO_PARAMS, Dense, Linear, ReLU, Sigmoid, Tanh
from course_lib.losses import (
    WITH_LOGITS,
    binary_cross_entropy_with_logits,
    by_name,
    cross_entropy,
    cross_entropy_with_logits,
    half_rss,
    mse,
    on_logits,
    rss,
)


class Plan:
    """Formulas, each with the calls that compute it."""

    def __init__(self):
        self.lines, self.calls = [], []

    def add(self, formula, *calls):
        """Append a formula and its calls, each a function followed by its arguments."""
        names = " ".join(getattr(call[0], "func", call[0]).__name__ for call in calls)
        self.lines.append(f"{formula:<35} {names}")
        self.calls += [partial(function, *arguments) for function, *arguments in calls]

    def __str__(self):
        return "\n".join(f"{i}  {line}" for i, line in enumerate(self.lines, 1))


class GradientPlan(Plan):
    """From ``params`` to the loss of a batch, and to ``grad``, where its gradient is written.

    Parameters
    ----------
    net : Network
    loss : str or callable
    params, grad : arrays of shape (n_params,)
        Read and written by every replay.
    n_rows : int
        How many samples a batch has.

    Attributes
    ----------
    out : array of shape (n_rows, n_out)
        What the network said; logits, where its last activation is joined with the loss.
    """

    def __init__(self, net, loss, params, grad, n_rows):
        super().__init__()
        self.inputs = np.ones((n_rows, net.sizes[0] + 1), params.dtype)
        self.labels = np.zeros((n_rows, net.sizes[-1]), params.dtype)
        self.value = np.zeros((), params.dtype)
        self.after_loading = Plan()
        loss, layers, last = by_name(loss), _pairs(net), net.layers[-1]
        if type(last) is Linear or on_logits(last, loss):
            loss = on_logits(last, loss) or loss
            layers[-1] = (*layers[-1][:2], None)
        self.loss = loss
        self._build(layers, loss, params, grad)

    def _build(self, layers, loss, params, grad):
        A, steps = self.inputs.T, []
        # A logarithm asks for every digit of a small probability; a quick sigmoid rounds them off.
        quick = loss is not cross_entropy
        for n, (dense, place, activation) in enumerate(layers, 1):
            W, dW = (flat[place].reshape(-1, dense.n_out) for flat in (params, grad))
            before, terms = A, np.empty((2, dense.n_out, A.shape[1]), A.dtype)
            Z, T = terms
            self.add(f"Z{n} = W{n}ᵀ A{n - 1}", (W.T.dot, A, Z))
            A = np.ones((dense.n_out + 1, A.shape[1]), A.dtype)
            if activation is None:
                a = Z
            else:
                a = A[:-1]
                forward = FORWARD.get(type(activation), _any_forward) if quick else _any_forward
                self.add(*forward(n, activation, Z, a, T))
            steps.append((n, activation, before, W, dW, Z, a, T))
        self.out = a.T
        dA = np.empty_like(Z)
        name = f"{'Z' if a is Z else 'A'}{n}"
        plan_loss = LOSS_PLANS.get(loss, _any_loss)
        if activation is not None and loss in WITH_LOGITS:  # planned for a Z, and this is an A
            plan_loss = _any_loss
        plan_loss(self, loss, name, a, dA, terms)
        for n, activation, before, W, dW, Z, a, T in reversed(steps):
            if activation is not None:
                backward = BACKWARD.get(type(activation), _any_backward) if quick else _any_backward
                self.add(*backward(n, activation, Z, a, dA, T))
            self.add(f"dW{n} = A{n - 1} dZ{n}ᵀ", (before.dot, dA.T, dW))
            if n > 1:
                dZ, dA = dA, np.empty((len(W) - 1, Z.shape[1]), Z.dtype)
                self.add(f"dA{n - 1} = W{n} dZ{n}", (W[:-1].dot, dZ, dA))

    def load(self, X, Y):
        """Take a batch."""
        self.inputs[:, :-1], self.labels[...] = X, Y
        for call in self.after_loading.calls:
            call()

    def pick(self, samples, labels, rows):
        """Take a batch: some rows of all samples, whose last input is 1, and their labels."""
        samples.take(rows, 0, self.inputs, "clip")  # rows fit; other modes buffer their result
        labels.take(rows, 0, self.labels, "clip")
        for call in self.after_loading.calls:
            call()

    def replay(self):
        """Fill ``grad``; the loss."""
        for call in self.calls:
            call()
        return self.value.item()


def _pairs(net):
    """``[(dense, its place in params, its activation or None), ...]``, input side first."""
    pairs = []
    for layer, place in zip(net.layers, net._places, strict=True):
        if isinstance(layer, Dense):
            pairs.append((layer, place, None))
        else:
            pairs[-1] = (*pairs[-1][:2], layer)
    return pairs


def number(value, like):
    """A constant as an array, which NumPy takes more quickly than a Python number."""
    array = np.empty_like(like) if np.ndim(value) else np.empty((), like.dtype)
    array[...] = value
    return array


# Activations: a formula and its calls, forward and backward. `T` is for what comes in between.


def _sigmoid(n, _, Z, A, B):
    one = number(1, Z)  # and B = 1 - A, which the way back needs too; A is exact where B is 0
    calls = (np.exp, Z, B), (np.add, B, one, B), (np.reciprocal, B, B), (np.subtract, one, B, A)
    return f"A{n} = 1 - B{n},  B{n} = 1 / (1 + exp Z{n})", *calls


def _sigmoid_back(n, _, Z, A, dA, B):
    return f"dZ{n} = dA{n} A{n} B{n}", (np.multiply, A, B, B), (np.multiply, dA, B, dA)


def _tanh(n, _, Z, A, T):
    return f"A{n} = tanh Z{n}", (np.tanh, Z, A)


def _tanh_back(n, _, Z, A, dA, T):
    one = number(1, Z)
    calls = (np.multiply, A, A, T), (np.subtract, one, T, T), (np.multiply, dA, T, dA)
    return f"dZ{n} = dA{n} (1 - A{n}²)", *calls


def _relu(n, _, Z, A, T):
    maximum = partial(np.maximum, out=A)  # the one function that wants its result by name
    return f"A{n} = max(0, Z{n})", (maximum, Z, number(0, Z))


def _relu_back(n, _, Z, A, dA, T):
    return f"dZ{n} = dA{n} sign(A{n})", (np.sign, A, T), (np.multiply, dA, T, dA)


def _any_forward(n, layer, Z, A, T):
    def forward():
        A.T[...] = layer.forward(NO_PARAMS, Z.T)[0]

    return f"A{n} = {layer!r}.forward", (forward,)


def _any_backward(n, layer, Z, A, dA, T):
    def backward():
        dA.T[...] = layer.backward(NO_PARAMS, (Z.T, A.T), dA.T)[0]

    return f"dZ{n} = {layer!r}.backward", (backward,)


FORWARD = {Sigmoid: _sigmoid, Tanh: _tanh, ReLU: _relu}
BACKWARD = {Sigmoid: _sigmoid_back, Tanh: _tanh_back, ReLU: _relu_back}


# Losses: what the network said is `out`, called `name`; its slopes go to `slope`.


def _squares(plan, loss, name, out, slope, _):
    share = {mse: 1 / out.size, rss: 1, half_rss: 0.5}[loss]
    error = slope if loss is half_rss else np.empty_like(out)
    flat, scaled = error.reshape(-1), (np.multiply, plan.value, number(share, out), plan.value)
    calls = (np.subtract, out, plan.labels.T, error), (flat.dot, flat, plan.value), scaled
    plan.add(f"loss = {loss.__name__}: sum of ({name} - Y)²", *calls[: 2 if share == 1 else 3])
    if loss is not half_rss:
        factor = number(2 * share, out)
        plan.add(f"d{name} = 2 ({name} - Y)", (np.multiply, error, factor, slope))


def _binary_cross_entropy(plan, loss, name, Z, slope, terms):
    r"""Exact also where the network is right and sure, and ``log(1 + exp Z) - Y Z`` loses digits.

    .. math:: \log(1 + e^Z) - Y Z = \log(1 + e^{SZ}) + \big([Y > \tfrac12] - Y\big) Z,
              \qquad S = 1 - 2\,[Y > \tfrac12]

    For labels 0 and 1 the second term is 0. And
    :math:`\sigma(Z) - Y = \tfrac12 \tanh(Z/2) + (\tfrac12 - Y)`. What depends on labels alone is
    worked out when a batch is loaded: ``sign``, ``shift`` and the weights of ``terms``, which
    are :math:`Z` and :math:`\log(1 + e^{SZ})`.
    """
    _, T = terms
    weights = np.full_like(terms, 1 / Z.size)
    sign, shift, Y = np.empty_like(Z), np.empty_like(Z), plan.labels.T
    one, half, two, share = (number(value, Z) for value in (1, 0.5, 2, 1 / Z.size))
    plan.after_loading.add(
        "weights[0] = ([Y > 1/2] - Y) / m",
        (np.greater, Y, half, sign),
        (np.subtract, sign, Y, weights[0]),
        (np.multiply, weights[0], share, weights[0]),
    )
    plan.after_loading.add(
        "sign = 1 - 2 [Y > 1/2]", (np.multiply, sign, two, sign), (np.subtract, one, sign, sign)
    )
    plan.after_loading.add(
        "shift = (1/2 - Y) / m", (np.subtract, half, Y, shift), (np.multiply, shift, share, shift)
    )
    plan.add(
        f"loss = mean log(1 + exp {name}) - Y {name}",
        (np.multiply, Z, sign, T),
        (np.logaddexp, number(0, Z), T, T),
        (terms.reshape(-1).dot, weights.reshape(-1), plan.value),
    )
    plan.add(
        f"d{name} = (sigmoid {name} - Y) / m",
        (np.multiply, Z, half, slope),
        (np.tanh, slope, slope),
        (np.multiply, slope, number(0.5 / Z.size, Z), slope),
        (np.add, slope, shift, slope),
    )


def _cross_entropy(plan, loss, name, Z, slope, _):
    m = Z.shape[1]
    share = number(1 / m, Z)
    peak, total, scale = np.empty((3, m), Z.dtype)
    E = np.empty_like(Z)
    terms, weights = np.empty((2, len(Z) + 1, m), Z.dtype)
    log_sum, shifted, minus_labels = terms[0], terms[1:], weights[1:]
    weights[0] = share
    plan.after_loading.add("-Y / m", (np.multiply, plan.labels.T, number(-1 / m, Z), minus_labels))
    plan.add(
        f"E = exp({name} - max {name})",
        (np.maximum.reduce, Z, 0, None, peak),
        (np.subtract, Z, peak, shifted),
        (np.exp, shifted, E),
    )
    plan.add(
        "loss = mean (log sum E - Y log E)",
        (np.ones(len(Z), Z.dtype).dot, E, total),  # quicker than to ask for a sum
        (np.log, total, log_sum),
        (terms.reshape(-1).dot, weights.reshape(-1), plan.value),
    )
    plan.add(
        f"d{name} = (E / sum E - Y) / m",
        (np.divide, share, total, scale),
        (np.multiply, E, scale, slope),
        (np.add, slope, minus_labels, slope),
    )


def _any_loss(plan, loss, name, out, slope, _):
    def value_and_slope():
        plan.value[...], slope.T[...] = loss(out.T, plan.labels)

    plan.add(f"loss, d{name} = {loss.__name__}({name}, Y)", (value_and_slope,))


LOSS_PLANS = {
    mse: _squares,
    rss: _squares,
    half_rss: _squares,
    binary_cross_entropy_with_logits: _binary_cross_entropy,
    cross_entropy_with_logits: _cross_entropy,
}
