"""Networks: layers in a row, and one backward pass that finds every gradient.

All weights and biases of a network are one flat vector, ``params``: layer by layer from input to
output, ``W`` row by row, then ``b``. The network itself holds no numbers, only the recipe, so
``params`` can be handed to any optimizer, stored, compared or stacked: with a first axis of runs,
everything below computes that many networks at once.
"""

import math
from functools import lru_cache

import numpy as np

from course_lib import checks
from course_lib.batches import batches_of_epoch
from course_lib.checks import floats
from course_lib.layers import ACTIVATIONS, Activation, Dense, Sigmoid, Softmax
from course_lib.losses import (
    LOSSES,
    ON_LOGITS,
    WITH_LOGITS,
    by_name,
    is_known,
    labels_problem,
    on_logits,
)
from course_lib.own_parts import asked, in_two_steps, inherits, is_own
from course_lib.traces import trace

RELU_LIKE = tuple(
    ACTIVATIONS[name] for name in "relu leaky_relu elu softplus silu gelu gelu_tanh".split()
)
SCHEMES = ("auto", "he", "xavier", "normal", "uniform", "zeros")


def mlp(sizes, activations):
    """A multilayer perceptron: dense layers, each followed by an activation.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, of units in each hidden layer, and of outputs.
    activations : sequence of str
        One name per layer of weights: linear, sigmoid, tanh, relu, leaky_relu, elu, softplus,
        silu, gelu, gelu_tanh or softmax.

    Returns
    -------
    Network

    Raises
    ------
    ValueError, TypeError
        If a size is not a whole number >= 1, a name is unknown, or the numbers do not match.

    Examples
    --------
    >>> net = mlp([2, 4, 1], ["tanh", "sigmoid"])
    >>> net.n_params, net.parameter_name(3), net.parameter_name(16)
    (17, 'layer 1, W[0, 3]', 'layer 2, b[0]')
    """
    if problem := checks.sizes("sizes", sizes) or checks.names(
        "activations", activations, ACTIVATIONS, len(sizes) - 1
    ):
        raise problem
    layers = []
    for n_in, n_out, name in zip(sizes[:-1], sizes[1:], activations, strict=True):
        layers += [Dense(n_in, n_out), ACTIVATIONS[name]()]
    return Network(*layers)


class Network:
    """Layers in a row: ``Network(Dense(2, 4), Tanh(), Dense(4, 1), Sigmoid())``.

    Parameters
    ----------
    *layers : Dense or Activation
        The first is a ``Dense``; each ``Dense`` takes as many inputs as the last one gives.

    Attributes
    ----------
    layers : tuple
    sizes : list of int
        Number of inputs, then of outputs of each ``Dense``.
    n_params : int
        How many weights and biases there are in all.

    Notes
    -----
    A network of your own may override any method: ``loss_and_grad`` and ``predict`` use its
    ``forward`` and ``backward``, where it has its own; these must not call them in turn.

    Raises
    ------
    ValueError, TypeError
        If the layers do not fit together. Every method raises as well, where ``params``, ``X``
        or ``Y`` have the wrong shape, ``X`` or ``Y`` is not finite, or labels do not fit the loss.
    """

    def __init__(self, *layers):
        if problem := checks.layers("layers", layers, Dense, Activation):
            raise problem
        self.layers = layers
        dense = [layer for layer in layers if isinstance(layer, Dense)]
        self.sizes = [dense[0].n_in] + [layer.n_out for layer in dense]
        ends = [int(end) for end in np.cumsum([layer.n_params for layer in layers])]
        self.n_params = ends[-1]
        starts = [0, *ends[:-1]]
        # Where in params each layer finds its own.
        self._places = [slice(start, end) for start, end in zip(starts, ends, strict=True)]

    # Forward and backward: the heart of the matter.

    def forward(self, params, X):
        """The output for each row of ``X``, and the caches ``backward`` will need.

        Each layer takes what the one before gave: :math:`Z = A W + b` in a ``Dense``,
        :math:`A = f(Z)` in an activation.

        Returns
        -------
        out : array of shape ([n_runs,] n_samples, n_out)
        caches : list
            One for each layer.
        """
        if problem := self._problem(params, X):
            raise problem
        out, caches = self._forward(floats(params), np.array(floats(X)), self.layers)
        return out.copy(), caches  # whoever changes out or X now changes no cache

    def backward(self, params, caches, dout):
        """The gradient of a loss, shaped like ``params``, from its slope ``dout`` = dloss/dout.

        The chain rule from the last layer to the first: each takes the slope of the loss with
        respect to its output, and gives that with respect to its input and to its own params.

        Parameters
        ----------
        params : array of shape ([n_runs,] n_params)
        caches : list
            What ``forward`` returned for these ``params``.
        dout : array of shape ([n_runs,] n_samples, n_out)

        Returns
        -------
        grad : array shaped like ``params``
        """
        if problem := self._params_problem(params) or self._way_back_problem(params, caches, dout):
            raise problem
        return self._backward(floats(params), caches, floats(dout))

    def loss_and_grad(self, params, X, Y, loss):
        """The loss, and its gradient with respect to ``params``.

        A final sigmoid with ``binary_cross_entropy``, and a final softmax with
        ``cross_entropy``, are taken as one step on the logits ``z``. There the slope is just
        ``p - y``, over what the mean is over: exact and finite, however sure the network is.

        Parameters
        ----------
        params : array of shape ([n_runs,] n_params)
        X, Y : arrays of shape (n_samples, n_in) and (n_samples, n_out)
        loss : str or callable
            A name, such as ``"mse"``, or a function ``loss(out, Y) -> (value, slope)``.

        Returns
        -------
        value : float or array of shape (n_runs,)
        grad : array shaped like ``params``
        """
        loss = by_name(loss)
        if problem := self._problem(params, X) or self._loss_problem(X, Y, loss):
            raise problem
        params, X, Y, layers = floats(params), floats(X), np.asarray(Y), self.layers
        if not inherits(self, ("forward", "backward"), Network):
            return in_two_steps(self, params, X, Y, loss)
        if exact := on_logits(layers[-1], loss):
            loss, layers = exact, layers[:-1]
        with np.errstate(all="ignore"):
            out, caches = self._forward(params, X, layers)
            answer = loss(out.copy(), Y.copy())  # one of the learner's own may change them
            if problem := checks.loss_answer(answer, out):
                raise problem
            value, dout = np.reshape(answer[0], params.shape[:-1])[()], np.asarray(answer[1])
            return value, self._backward(params, caches, dout)

    def _forward(self, params, x, layers):
        caches = []
        with np.errstate(all="ignore"):
            for layer, place in zip(map(asked, layers), self._places, strict=False):
                x, cache = layer.forward(params[..., place], x)
                caches.append(cache)
        return x, caches

    def _backward(self, params, caches, dout):
        grad = np.empty((*params.shape[:-1], self.n_params), np.result_type(params, dout))
        with np.errstate(all="ignore"):
            for i in reversed(range(len(caches))):
                layer, place = asked(self.layers[i]), self._places[i]
                dout, grad[..., place] = layer.backward(params[..., place], caches[i], dout)
        return grad

    # What follows is convenience.

    def predict(self, params, X):
        """The output for each row of ``X``: shape ``([n_runs,] n_samples, n_out)``."""
        if problem := self._problem(params, X):
            raise problem
        if not inherits(self, ("forward",), Network):
            return np.array(self.forward(np.array(floats(params)), np.array(floats(X)))[0])
        return self._forward(floats(params), floats(X), self.layers)[0]

    def objective(self, X, Y, loss, batch_size=None, seed=0):
        """The function ``(params, step) -> (loss, grad)`` that training makes small.

        With ``batch_size``, each step sees its own few rows: the data are shuffled anew for every
        epoch, by ``seed``, and cut into batches (the last may be smaller). Which rows these are
        depends on ``seed`` and ``step`` alone.
        """
        loss = by_name(loss)
        if problem := checks.matrix("X", X, self.sizes[0]) or self._loss_problem(X, Y, loss):
            raise problem
        X, Y = np.array(X), np.array(Y)
        size = len(X) if batch_size is None else batch_size
        if problem := checks.count("batch_size", size, most=len(X)):
            raise problem
        if problem := checks.count("seed", seed, least=0):
            raise problem
        n_batches = math.ceil(len(X) / size)

        @lru_cache(maxsize=1)  # an epoch is shuffled once, not at each of its steps
        def batches(epoch):
            return batches_of_epoch(len(X), size, seed, epoch)

        def rows(step):
            epoch, i = divmod(step, n_batches)
            return batches(epoch)[i]

        def objective(params, step=0):
            if problem := checks.count("step", step, least=0) or self._params_problem(params):
                raise problem
            return self.loss_and_grad(params, X[rows(step)], Y[rows(step)], loss)

        objective.n_params = self.n_params
        objective.network_parts = self, X, Y, loss, rows  # for ``walks``, which are faster
        return objective

    def trace(self, params, X, Y, loss):
        """Every number of a forward and a backward pass, to be followed by hand.

        Arguments are those of :meth:`loss_and_grad`, for a single network.

        Returns
        -------
        Trace
            ``.layers[1].z``, ``.a``, ``.da``, ``.dz``, ``.dW``, ``.db`` and so on for each layer
            of weights; ``.layers[0].a``, the data; ``.loss`` and ``.dX``.

        Examples
        --------
        >>> trace = mlp([1, 1], ["sigmoid"]).trace([2.0, -1.0], [[0.5]], [[1.0]], "mse")
        >>> layer = trace.layers[1]
        >>> layer.z.item(), layer.a.item(), layer.da.item(), layer.dz.item(), layer.dW.item()
        (0.0, 0.5, -1.0, -0.25, -0.125)
        """
        if problem := fit_problem(self, params, X, Y, loss):
            raise problem
        params, X, Y = np.array(floats(params)), np.array(floats(X)), np.array(Y)
        loss = by_name(loss)
        with np.errstate(all="ignore"):
            return trace(self.layers, self._places, params, X, Y, loss)

    def init_params(self, seed_or_rng, scheme="auto", scale=None, dtype=np.float64):
        """Random weights and zero biases, as one flat vector.

        ==============  =====================================================================
        scheme          weights of a layer with n_in inputs and n_out outputs
        ==============  =====================================================================
        ``"he"``        normal with variance 2 / n_in
        ``"xavier"``    normal with variance 2 / (n_in + n_out)
        ``"auto"``      He before a relu-like activation, Xavier before any other
        ``"normal"``    normal with standard deviation ``scale``
        ``"uniform"``   uniform between -``scale`` and ``scale``
        ``"zeros"``     all 0
        ==============  =====================================================================

        Parameters
        ----------
        seed_or_rng : int or numpy.random.Generator
        scheme : str
        scale : float, optional
            For "normal" and "uniform", which need it; > 0.
        dtype : numpy.float64 or numpy.float32

        References
        ----------
        K. He et al., "Delving deep into rectifiers", 2015.
        X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
        neural networks", 2010.
        """
        problem = (
            checks.seed("seed_or_rng", seed_or_rng)
            or checks.one_of("scheme", scheme, SCHEMES)
            or checks.scale("scale", scale, scheme)
            or checks.float_dtype("dtype", dtype)
        )
        if problem:
            raise problem
        rng = np.random.default_rng(seed_or_rng)
        weights, biases = [], []
        for layer, after in zip(self.layers, (*self.layers[1:], None), strict=True):
            if isinstance(layer, Dense):
                weights.append(_draw(rng, layer, after, scheme, scale))
                biases.append(np.zeros(layer.n_out))
        return self.pack(weights, biases).astype(dtype)

    def pack(self, weights, biases):
        """One flat vector from a list of ``W`` and a list of ``b``, input side first.

        Shapes: ``([n_runs,] n_in, n_out)`` and ``([n_runs,] n_out)`` for each layer of weights.
        """
        if problem := checks.weights(weights, biases, self.sizes):
            raise problem
        pairs = zip(weights, biases, strict=True)
        parts = [np.reshape(part, (*np.shape(b)[:-1], -1)) for W, b in pairs for part in (W, b)]
        return np.concatenate(parts, axis=-1).astype(checks.float_type(*weights, *biases))

    def unpack(self, params):
        """The list of ``W`` and the list of ``b`` in ``params``, input side first; copies."""
        if problem := self._params_problem(params):
            raise problem
        params = np.array(params)
        pairs = [
            layer.split(params[..., place])
            for layer, place in zip(self.layers, self._places, strict=True)
            if isinstance(layer, Dense)
        ]
        return [W for W, _ in pairs], [b for _, b in pairs]

    def parameter_name(self, i):
        """Where entry ``i`` of ``params`` stands, such as ``"layer 2, W[3, 0]"``."""
        if problem := checks.count("i", i, least=0, most=self.n_params - 1):
            raise problem
        dense = [k for k, layer in enumerate(self.layers) if isinstance(layer, Dense)]
        number = max(n for n, k in enumerate(dense) if self._places[k].start <= i)
        layer, place = self.layers[dense[number]], self._places[dense[number]]
        row, column = divmod(int(i) - place.start, layer.n_out)
        entry = f"W[{row}, {column}]" if row < layer.n_in else f"b[{column}]"
        return f"layer {number + 1}, {entry}"

    def __repr__(self):
        return f"Network({', '.join(map(repr, self.layers))})"

    def _params_problem(self, params):
        return checks.vector("params", params, self.n_params)

    def _problem(self, params, X):
        return self._params_problem(params) or checks.matrix("X", X, columns=self.sizes[0])

    def _way_back_problem(self, params, caches, dout):
        widths, width = [], self.sizes[0]  # how many numbers go into each layer, for a sample
        for layer in self.layers:
            widths.append(None if is_own(layer) else width)
            width = getattr(layer, "n_out", width)
        known = widths if inherits(self, ("forward",), Network) else [None] * len(widths)
        runs = np.shape(params)[:-1]
        return checks.way_back(caches, dout, len(self.layers), self.sizes[-1], runs, known)

    def _loss_problem(self, X, Y, loss):
        if problem := (
            checks.loss("loss", loss, LOSSES)
            or checks.matrix("Y", Y, columns=self.sizes[-1], rows=len(X))
            or labels_problem(loss, Y)
        ):
            return problem
        last = type(self.layers[-1])
        if loss in WITH_LOGITS and last in (Sigmoid, Softmax):
            wanted = f"a loss of probabilities, since the network ends in {last.__name__}"
            return checks.wrong(ValueError, "loss", wanted, loss.__name__)
        return None


def unmodified(net):
    """Whether a network and all its layers are of this library, and nothing in them is replaced."""
    as_here = type(net) is Network and not any(map(callable, vars(net).values()))
    return as_here and not any(map(is_own, net.layers))


def fit_problem(net, params, X, Y, loss):
    """The exception to raise where one network, its data and a loss do not fit, or None.

    Of a network of the learner's own less is known, and less is asked.
    """
    problem = (
        checks.methods("net", net, ("loss_and_grad", "predict"))
        or checks.one_run("params", params, getattr(net, "n_params", None))
        or checks.loss("loss", loss, LOSSES)
        or checks.matrix("X", X)
        or checks.matrix("Y", Y, rows=len(X))
    )
    if problem:
        return problem
    loss = by_name(loss)
    if not isinstance(net, Network):
        return labels_problem(loss, Y)
    problem = net._problem(params, X) or net._loss_problem(X, Y, loss)
    if problem or is_known(loss):
        return problem
    with np.errstate(all="ignore"):
        out = np.array(net.predict(np.array(params), np.array(X)))
        return checks.loss_answer(loss(out.copy(), np.array(Y)), out)


def aim_problem(net, loss):
    """The exception to raise where a loss of probabilities would train other numbers, or None.

    It clips what is none: a network that says 30 where 1 is right would be called perfect.
    """
    loss, last = by_name(loss), type(net.layers[-1]) if unmodified(net) else None
    if last in (None, Sigmoid, Softmax):
        return None
    for (kind, of_probabilities), joined in ON_LOGITS.items():
        if loss is of_probabilities:
            wanted = f"{joined.__name__}, or a network that ends in {kind.__name__}"
            wanted += f" and not in {last.__name__}"
            return checks.wrong(ValueError, "loss", wanted, loss.__name__)
    return None


def _draw(rng, layer, after, scheme, scale):
    """The first weights of one ``Dense`` layer."""
    shape = (layer.n_in, layer.n_out)
    if scheme == "zeros":
        return np.zeros(shape)
    if scheme == "uniform":
        return rng.uniform(-scale, scale, shape)
    if scheme == "auto":
        scheme = "he" if isinstance(after, RELU_LIKE) else "xavier"
    spread = {
        "normal": scale,
        "he": (2 / layer.n_in) ** 0.5,
        "xavier": (2 / (layer.n_in + layer.n_out)) ** 0.5,
    }
    return spread[scheme] * rng.standard_normal(shape)
