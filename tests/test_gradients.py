"""Gradient checks find every planted mistake and blame no correct gradient."""

import numpy as np
import pytest

import course_lib as c
from course_lib import nudges
from course_lib.layers import ACTIVATIONS
from course_lib.losses import LOSSES

ENDS = [
    ("linear", "mse"),
    ("tanh", "rss"),
    ("gelu", "half_rss"),
    ("sigmoid", "binary_cross_entropy"),
    ("softmax", "binary_cross_entropy"),
    ("softmax", "cross_entropy"),
    ("sigmoid", "cross_entropy"),
    ("linear", "binary_cross_entropy_with_logits"),
    ("tanh", "cross_entropy_with_logits"),
]


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 2)])
def test_numerical_gradient_has_the_shape_of_its_place(shape):
    w = np.random.default_rng(9).normal(size=shape)
    before = w.copy()
    grad = c.numerical_gradient(lambda v: np.sin(v).sum(), w)
    assert grad.shape == shape
    np.testing.assert_allclose(grad, np.cos(w), atol=1e-9)
    np.testing.assert_array_equal(w, before)


def test_numerical_gradient_agrees_with_a_complex_step():
    def f(w):
        return np.exp(w[0]) * np.sin(w[1]) + w[0] ** 3

    w = np.array([0.7, 1.3])
    complex_step = [f(w + 1e-30j * row).imag / 1e-30 for row in np.eye(2)]
    np.testing.assert_allclose(c.numerical_gradient(f, w), complex_step, atol=1e-9)


def test_central_differences_gain_two_digits_for_one():
    errors = [abs(c.numerical_gradient(np.exp, np.array(1.0), eps) - np.e) for eps in (1e-2, 1e-3)]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.01)


def test_whole_numbers_are_not_nudged_away():
    assert c.numerical_gradient(lambda w: (w**2).sum(), [3, 4]) == pytest.approx([6, 8])


def test_check_gradient_names_the_worst_entry():
    def f(w):
        grad = 2 * w
        grad[1, 0] *= 1 + 1e-4
        return (w**2).sum(), grad

    check = c.check_gradient(f, np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert not check.ok and check.worst == (1, 0)
    assert check.max_relative_error == pytest.approx(1e-4, rel=0.01)
    assert "DISAGREE" in str(check) and "(1, 0)" in str(check)


def test_a_gradient_that_is_not_a_number_is_wrong():
    assert not c.check_gradient(lambda w: ((w**2).sum(), w * np.nan), [1.0, 2.0]).ok


def test_a_small_mistake_in_a_small_entry_is_found():
    exact = np.array([1e-4, 1.0])
    check = c.check_gradient(lambda w: (exact @ w, exact * [1 + 1e-4, 1]), [1.0, 1.0])
    assert not check.ok and check.worst == 0


def network(activations=("relu", "softmax"), sizes=(3, 4, 4, 3), kind=c.Network, seed=10):
    names = [activations[0]] * (len(sizes) - 2) + [activations[-1]]
    net = kind(*c.mlp(sizes, names).layers)
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(6, sizes[0])), rng.dirichlet(np.ones(sizes[-1]), size=6)
    params = net.init_params(rng) + 0.1 * rng.normal(size=net.n_params)
    return net, params, X, Y


def planted(change):
    """A kind of network whose gradients all pass through ``change(net, grad)``."""

    class Planted(c.Network):
        def backward(self, params, caches, dout):
            return change(self, super().backward(params, caches, dout).copy())

        def loss_and_grad(self, params, X, Y, loss):
            out, caches = self.forward(params, X)
            value, dout = LOSSES[loss](out, Y)
            return value, self.backward(params, caches, dout)

    return Planted


def transpose_square(net, grad):
    weights, biases = net.unpack(grad)
    weights[1] = weights[1].T
    return net.pack(weights, biases)


def scale_biases(factor):
    def change(net, grad):
        weights, biases = net.unpack(grad)
        return net.pack(weights, [factor * b for b in biases])

    return change


def one_entry(net, grad):
    grad[7] *= 1 + 1e-4
    return grad


MISTAKES = {
    "sign": lambda net, grad: -grad,
    "missing 1/m": lambda net, grad: 6 * grad,
    "double 1/m": lambda net, grad: grad / 6,
    "factor 2": lambda net, grad: 2 * grad,
    "square weight transposed": transpose_square,
    "bias forgotten": scale_biases(0),
    "bias averaged, not summed": scale_biases(1 / 6),
    "one entry off by 1e-4": one_entry,
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_check_network_finds_a_planted_mistake(mistake):
    net, params, X, Y = network(kind=planted(MISTAKES[mistake]))
    check = c.check_network(net, params, X, Y, "cross_entropy")
    assert not check.ok, mistake
    assert check.worst.startswith("layer ")
    if mistake == "one entry off by 1e-4":
        assert check.worst == net.parameter_name(7)


class WrongTanh(c.Tanh):
    def slope(self, z, a):
        return np.ones_like(z)


class NoJacobian(c.Softmax):
    def backward(self, params, cache, da):
        return da * cache[1] * (1 - cache[1]), np.empty(0)


@pytest.mark.parametrize(
    "layers",
    [
        (c.Dense(3, 4), WrongTanh(), c.Dense(4, 3), c.Softmax()),
        (c.Dense(3, 4), c.Tanh(), c.Dense(4, 3), NoJacobian()),
    ],
    ids=["activation derivative missing", "softmax without its Jacobian"],
)
def test_check_network_finds_a_wrong_layer(layers):
    _, _, X, Y = network()
    net = c.Network(*layers)
    assert not c.check_network(net, net.init_params(0), X, Y, "mse").ok


def test_check_network_finds_a_missing_relu_derivative_on_a_dead_unit():
    class NoSlope(c.ReLU):
        def slope(self, z, a):
            return np.ones_like(z)

    layers = (c.Dense(3, 4), NoSlope(), c.Dense(4, 3), c.Softmax())
    net = c.Network(*layers)
    _, _, X, Y = network()
    weights, biases = net.unpack(net.init_params(0))
    biases[0][:] = 50.0  # every unit alive, so that its slope is 1 anyway ...
    alive = net.pack(weights, biases)
    assert c.check_network(net, alive, X, Y, "cross_entropy").ok
    biases[0][2] = -50.0  # ... but for this one, which is dead for every sample
    check = c.check_network(net, net.pack(weights, biases), X, Y, "cross_entropy")
    assert not check.ok and "2]" in check.worst


def test_check_network_finds_a_stale_cache():
    class Stale(c.Network):
        def forward(self, params, X):
            out, caches = super().forward(params, X)
            if not hasattr(self, "first"):
                self.first = caches
            return out, self.first

    net, params, X, Y = network(kind=Stale)
    net.forward(params, X + 1)
    assert not c.check_network(net, params, X, Y, "cross_entropy").ok


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "tanh", "gelu"])
@pytest.mark.parametrize("last", ["softmax", "linear"])
def test_check_network_blames_no_correct_network(hidden, last, seed):
    net, params, X, Y = network((hidden, last), seed=seed)
    loss = "cross_entropy" if last == "softmax" else "mse"
    assert c.check_network(net, params, X, Y, loss).ok


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "elu"])
def test_a_correct_network_at_a_kink_is_not_blamed_and_the_report_says_why(hidden):
    net = c.mlp([2, 4, 1], [hidden, "sigmoid"])
    X, Y = c.xor()
    params = net.init_params(42)  # b = 0 and the sample (0, 0): every unit stands on its kink
    check = c.check_network(net, params, X, Y, "binary_cross_entropy")
    assert check.ok
    assert check.kinks == [f"layer 1, b[{j}]" for j in range(4)]
    assert "kink" in str(check) and "small random amount" in str(check)
    naive = c.check_gradient(lambda w: net.loss_and_grad(w, X, Y, "binary_cross_entropy"), params)
    assert not naive.ok


@pytest.mark.parametrize("scale", [5.0, 30.0, 33.0, 35.0, 36.0, 37.0, 40.0, 200.0, 1000.0])
def test_a_correct_network_that_saturates_is_not_blamed(scale):
    net = c.mlp([1, 1], ["sigmoid"])
    X, Y = np.array([[1.0], [-0.5]]), np.array([[0.0], [1.0]])
    check = c.check_network(net, np.array([scale, 0.0]), X, Y, "binary_cross_entropy")
    assert check.ok


def test_a_learners_own_loss_and_own_network_will_do():
    class Line:
        n_params = 2

        def forward(self, params, X):
            return X * params[0] + params[1], X

        def backward(self, params, caches, dout):
            return np.array([(caches * dout).sum(), dout.sum()])

        def predict(self, params, X):
            return self.forward(params, X)[0]

        def loss_and_grad(self, params, X, Y, loss):
            out, caches = self.forward(params, X)
            value, dout = loss(out, Y)
            return value, self.backward(params, caches, dout)

    X = np.array([[1.0], [2.0], [4.0]])
    assert c.check_network(Line(), [0.5, 0.1], X, X**2, c.mse).ok


class Slow(c.Network):
    """The same network, but nudged the slow way, one parameter at a time."""


KINDS = [(hidden, last, loss) for hidden in ACTIVATIONS for last, loss in ENDS]


@pytest.mark.parametrize(("hidden", "last", "loss"), KINDS)
def test_nudging_many_weights_at_a_time_measures_the_same_slopes(hidden, last, loss, monkeypatch):
    monkeypatch.setattr(nudges, "ROWS", 24)  # two weights at a time
    net, params, X, Y = network((hidden, last), sizes=(3, 4, 4, 2))
    X[2] = 0  # moves nothing but through a bias
    fast, slow = (c.check_network(kind, params, X, Y, loss) for kind in (net, Slow(*net.layers)))
    assert fast.ok and slow.ok and fast.kinks == slow.kinks
    np.testing.assert_allclose(fast.numerical, slow.numerical, rtol=1e-8, atol=1e-9)
    apart = nudges.measure(net, params, X, Y, LOSSES[loss], 1e-5, joined=False)[0]
    np.testing.assert_allclose(apart, slow.analytic, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "elu"])
def test_both_ways_find_the_same_kinks(hidden):
    net = c.mlp([3, 4, 4, 4, 2], [hidden, hidden, hidden, "softmax"])
    rng = np.random.default_rng(11)
    X, Y = rng.normal(size=(9, 3)), np.eye(2)[rng.integers(0, 2, 9)]
    X[4] = 0  # without biases every unit then stands on its kink
    found = set()
    for scale in (1.0, 0.0):
        weights, biases = net.unpack(net.init_params(3) + 0.1)
        params = net.pack(weights, [scale * b for b in biases])
        for eps in (1e-5, 1e-2, 0.1):
            fast, slow = (
                c.check_network(kind, params, X, Y, "cross_entropy", eps=eps).kinks
                for kind in (net, Slow(*net.layers))
            )
            assert fast == slow
            found |= set(fast)
    assert {name[:7] for name in found} == {"layer 1", "layer 2", "layer 3"}


def test_a_method_replaced_on_one_network_is_checked_as_it_is():
    net, params, X, Y = network()
    right = net.backward
    net.backward = lambda *arguments: 2 * right(*arguments)
    assert not c.check_network(net, params, X, Y, "cross_entropy").ok
    net, params, X, Y = network(("tanh", "softmax"))
    net.layers[1].slope = lambda z, a: np.ones_like(z)
    assert not c.check_network(net, params, X, Y, "cross_entropy").ok


def test_all_parameters_of_a_network_that_reads_digits():
    (X, Y), _ = c.digits()
    net = c.mlp([64, 128, 10], ["relu", "softmax"])
    params = net.init_params(0)
    check = c.check_network(net, params, X[:32], Y[:32], "cross_entropy")
    assert check.ok and len(check.numerical) == 9610
    assert np.abs(check.numerical - check.analytic).max() < 1e-9


def test_a_function_of_one_number_can_be_checked():
    assert c.check_gradient(lambda w: (w**3, 3 * w**2), 2.0).ok
    assert not c.check_gradient(lambda w: (w**3, 2 * w**2), 2.0).ok


def test_kinks_are_found_whatever_a_layer_keeps_in_its_cache():
    class Mine(c.ReLU):
        def forward(self, params, z):
            return np.maximum(z, 0), z > 0

        def backward(self, params, cache, da):
            return da * cache, np.empty(0)

    net = c.Network(c.Dense(2, 2), Mine(), c.Dense(2, 1))
    params = net.pack([np.eye(2), [[1.0], [1.0]]], [[0.0, 0.0], [0.0]])
    X, Y = np.array([[3.0, 2.0], [1.0, 0.0]]), np.zeros((2, 1))  # the last sum is at its kink
    check = c.check_network(net, params, X, Y, "mse")
    assert check.ok and check.kinks == ["layer 1, W[0, 1]", "layer 1, b[1]"]


class ByHand:
    """A learner's own network of arrays, 2-4-1 with ReLU and no layers to look into."""

    n_params = 17

    def __init__(self, spoil=lambda dW1, db1, dW2, db2: None, kind=float):
        self.spoil, self.kind = spoil, kind

    def parts(self, params):
        params = np.asarray(params, self.kind)
        return params[:8].reshape(2, 4), params[8:12], params[12:16].reshape(4, 1), params[16:]

    def forward(self, params, X):
        W1, b1, W2, b2 = self.parts(params)
        z = X.astype(self.kind) @ W1 + b1
        a = np.maximum(z, 0)
        return a @ W2 + b2, (X, z, a)

    def backward(self, params, caches, dout):
        (X, z, a), W2 = caches, self.parts(params)[2]
        dz = (dout @ W2.T) * (z > 0)
        grads = [X.T @ dz, dz.sum(axis=0), a.T @ dout, dout.sum(axis=0)]
        self.spoil(*grads)
        return np.concatenate([grad.ravel() for grad in grads])

    def predict(self, params, X):
        return self.forward(params, X)[0]

    def loss_and_grad(self, params, X, Y, loss):
        out, caches = self.forward(params, X)
        value, dout = LOSSES[loss](out, Y)
        return value, self.backward(params, caches, dout)


def times(part, factor):
    def spoil(*grads):
        grads[part][...] *= factor

    return spoil


def largest_of(part, factor):
    def spoil(*grads):
        grads[part].ravel()[np.abs(grads[part]).argmax()] *= factor

    return spoil


SPOILT = {
    "sign": times(0, -1),
    "factor 2": times(0, 2),
    "factor 2 at the kinks": times(1, 2),
    "no bias": times(1, 0),
    "bias averaged": times(3, 1 / 4),
    "other layer": times(2, 1 / 4),
    "one entry off by 1e-4": largest_of(2, 1 + 1e-4),
    "one entry off by 1e-5": largest_of(0, 1 + 1e-5),
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("away", [0.0, 1e-6, 2.2e-6, 3.3e-6, 4e-6, 5e-6, 9e-6, 1.1e-5, -4e-6])
def test_a_network_without_layers_is_not_blamed_at_a_kink(away, seed):
    params, (X, Y) = np.random.default_rng(seed).normal(size=17), c.xor()
    params[8:12] = away  # the sums of the sample (0, 0) are this far from the kink
    check = c.check_network(ByHand(), params, X, Y, "mse")
    assert check.ok
    assert set(check.kinks) <= {8, 9, 10, 11}
    if away == 0:
        assert check.kinks and "kink" in str(check)
        for name, spoil in SPOILT.items():
            if name == "factor 2 at the kinks":
                continue  # the other samples' part of it may be right by chance
            assert not c.check_network(ByHand(spoil), params, X, Y, "mse").ok, name


@pytest.mark.parametrize("seed", range(5))
def test_no_mistake_is_taken_for_a_kink(seed):
    rng = np.random.default_rng(seed)
    params, X, Y = rng.normal(size=17), 3 * rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    assert c.check_network(ByHand(), params, X, Y, "mse").kinks == []
    for name, spoil in SPOILT.items():
        check = c.check_network(ByHand(spoil), params, X, Y, "mse")
        assert not check.ok and not check.kinks, name


@pytest.mark.parametrize("seed", range(5))
def test_rounding_of_a_network_in_float32_is_not_taken_for_kinks(seed):
    rng = np.random.default_rng(seed)
    params, X, Y = rng.normal(size=17), rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    assert not c.check_network(ByHand(times(0, 2), np.float32), params, X, Y, "mse").ok


class SureByHand(ByHand):
    """Ends in a sigmoid, and knows nothing of logits."""

    def forward(self, params, X):
        z, caches = super().forward(params, X)
        p = 1 / (1 + np.exp(-z))
        return p, (*caches, p)

    def backward(self, params, caches, dout):
        *caches, p = caches
        return super().backward(params, caches, dout * p * (1 - p))


@pytest.mark.parametrize("z", [2.0, 8.0, 12.0, 16.0, 20.0, 25.0, 30.0, 33.0, 34.0, 36.0, 40.0])
@pytest.mark.parametrize("seed", range(3))
def test_an_own_network_that_is_sure_and_wrong_is_not_blamed_but_its_mistakes_are_found(seed, z):
    rng = np.random.default_rng(seed)
    params, X, Y = rng.normal(size=17), rng.normal(size=(6, 2)), rng.integers(0, 2, (6, 1)) * 1.0
    out = ByHand().predict(params, X)
    params[16] += z - out[0, 0]  # the first sample's logit
    Y[0] = 0.0
    assert c.check_network(SureByHand(), params, X, Y, "binary_cross_entropy").ok
    for name, spoil in SPOILT.items():
        if z <= 12 and "1e-" not in name:
            wrong = SureByHand(spoil)
            assert not c.check_network(wrong, params, X, Y, "binary_cross_entropy").ok, name


def test_the_kink_of_a_learners_own_loss_is_no_mistake():
    def mean_absolute_error(out, Y):
        return np.abs(out - Y).mean(axis=(-2, -1)), np.where(out > Y, 1, -1) / Y.size

    net, X = c.mlp([2, 1], ["linear"]), np.array([[1.0, 2.0], [3.0, -1.0]])
    params = np.array([0.5, 0.25, 0.0])
    Y = net.predict(params, X) + [[0.0], [1.0]]  # the first answer is exactly right
    check = c.check_network(net, params, X, Y, mean_absolute_error)
    assert check.ok and check.kinks == ["layer 1, W[0, 0]", "layer 1, W[1, 0]", "layer 1, b[0]"]


def test_a_network_that_works_in_place_is_checked_where_it_was_asked_for():
    class InPlace(ByHand):
        def loss_and_grad(self, params, X, Y, loss):
            answer = super().loss_and_grad(params, X, Y, loss)
            params *= 0
            return answer

    rng = np.random.default_rng(0)
    params, X, Y = rng.normal(size=17), rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    assert c.check_network(InPlace(), params, X, Y, "mse").ok


def test_a_gradient_that_is_always_the_same_array_is_judged_as_it_was_answered():
    grad = np.empty(2)

    def f_and_grad(w):
        np.multiply(3, w**2, grad)
        return (w**3).sum(), grad

    assert c.check_gradient(f_and_grad, [1.0, 2.0], tol=1e-8).ok

    class Filled(ByHand):
        def backward(self, params, caches, dout):
            self.grad = getattr(self, "grad", np.empty(17))
            self.grad[...] = super().backward(params, caches, dout)
            return self.grad

    rng = np.random.default_rng(0)
    params, X, Y = rng.normal(size=17), rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    assert c.check_network(Filled(), params, X, Y, "mse", tol=1e-7).ok


@pytest.mark.parametrize("kind", [c.Network, Slow])
@pytest.mark.parametrize("scale", [10.0, 32.0, 35.0, 36.5, 38.0, 300.0])
def test_a_classifier_that_is_sure_and_wrong_is_not_blamed_but_its_mistakes_are_found(scale, kind):
    X, Y = scale * np.array([[1.0, 0.2], [-0.4, 0.9], [0.001, 0.002]]), np.eye(3)[[1, 0, 2]]
    params = np.array([1.0, -0.2, 0.1, 0.3, 0.9, -0.1, 0.1, 0.2, 0.0])
    net = kind(*c.mlp([2, 3], ["softmax"]).layers)
    assert c.check_network(net, params, X, Y, "cross_entropy").ok
    wrong = planted(lambda net, grad: 2 * grad)(*net.layers)
    assert not c.check_network(wrong, params, X, Y, "cross_entropy").ok


def test_a_wrong_backward_is_found_where_every_probability_is_clipped():
    net = c.mlp([1, 1], ["sigmoid"])
    net.backward = lambda params, caches, dout: np.array([5.0, 5.0])  # in truth 0
    assert not c.check_network(net, [50.0, 0.0], [[1.0]], [[0.0]], "binary_cross_entropy").ok
    net = c.mlp([1, 1], ["linear"])
    assert c.check_network(net, [-1.0, 0.0], [[1.0]], [[1.0]], "binary_cross_entropy").ok
    right = net.backward
    net.backward = lambda *arguments: 2 * right(*arguments)
    assert not c.check_network(net, [-1.0, 0.0], [[1.0]], [[1.0]], "binary_cross_entropy").ok


BEYOND = {  # the loss clips the answer to the first sample
    "sigmoid": ([35.0, 0.0], [[1.0], [0.01]], [[0.0], [1.0]]),
    "linear": ([-1.0, 0.0], [[1.0], [-0.5]], [[1.0], [1.0]]),
    "linear, label 0": ([-1.0, 0.0], [[1.0], [-0.5]], [[0.0], [1.0]]),
    "linear, above 1": ([1.5, 0.0], [[1.0], [0.5]], [[1.0], [1.0]]),
    "tanh": ([-1.0, 0.5], [[1.0], [0.1]], [[1.0], [1.0]]),
    "tanh, every sample": ([-1.0, 0.5], [[1.0], [2.0]], [[1.0], [1.0]]),
}
CLIPPED = [(case, "binary_cross_entropy") for case in BEYOND]
CLIPPED += [(case, "cross_entropy") for case in ("linear", "linear, above 1", "tanh")]


def one_and_a_half(net, grad):
    return 1.5 * grad


@pytest.mark.parametrize("kind", [c.Network, planted(lambda net, grad: grad)])
@pytest.mark.parametrize(("case", "loss"), CLIPPED)
def test_clipped_probabilities_are_no_mistake_of_the_network(case, loss, kind):
    (params, X, Y), last = BEYOND[case], case.split(",")[0]
    layers = c.mlp([1, 1], [last]).layers
    assert c.check_network(kind(*layers), params, X, Y, loss).ok
    wrong = planted(one_and_a_half)(*layers)
    assert not c.check_network(wrong, params, X, Y, loss).ok


@pytest.mark.parametrize("seed", range(5))
def test_rounding_of_a_large_loss_is_not_taken_for_kinks(seed):
    def large(out, Y):
        return 1e3 * ((out - Y) ** 2).sum(), 2e3 * (out - Y)

    def one_entry_wrong(*arguments):
        grad = right(*arguments).copy()
        grad[0] += 500
        return grad

    net, rng = c.mlp([3, 5, 2], ["tanh", "linear"]), np.random.default_rng(seed)
    params, X, Y = net.init_params(rng), rng.normal(size=(20, 3)), rng.normal(size=(20, 2))
    right, net.backward = net.backward, one_entry_wrong
    check = c.check_network(net, params, X, Y, large)
    assert not check.ok and check.worst == "layer 1, W[0, 0]" and not check.kinks


def test_a_loss_that_is_always_the_same_array_is_measured_as_it_was_answered():
    value = np.empty(1)

    def f(w):
        value[0] = (w**3).sum()
        return value

    np.testing.assert_allclose(c.numerical_gradient(f, [1.0, 2.0]), [3, 12], rtol=1e-9)
    assert c.check_gradient(lambda w: (f(w), 3 * w**2), [1.0, 2.0]).ok


def test_a_network_may_change_the_data_it_is_handed():
    class Halves(ByHand):
        def forward(self, params, X):
            X *= 0.5
            return super().forward(params, X)

    rng = np.random.default_rng(0)
    params, X, Y = rng.normal(size=17), rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
    before = X.copy()
    assert c.check_network(Halves(), params, X, Y, "mse", tol=1e-7).ok and (X == before).all()


class Wrapped(c.Dense):
    """A dense layer with a cache of its own, which works on its input in place."""

    def forward(self, params, x):
        x -= 1
        return super().forward(params, x)[0], (x, self.split(params)[0])

    def backward(self, params, cache, dz):
        return super().backward(params, cache[0], dz)


def test_a_layer_of_ones_own_is_checked_with_whatever_cache_it_has():
    net, (X, Y) = c.Network(Wrapped(2, 3), c.Tanh(), Wrapped(3, 1)), c.xor()
    assert c.check_network(net, np.random.default_rng(0).normal(size=13), X, Y, "mse").ok


def test_a_kink_of_an_own_activation_away_from_0_is_no_mistake_and_hides_none():
    class HardTanh(c.Activation):
        right = 1.0

        def value(self, z):
            return np.clip(z, -1, 1)

        def slope(self, z, a):
            return self.right * (np.abs(z) < 1)

    class Doubled(HardTanh):
        right = 2.0

    params = np.array([1.0, 0.3, 0.0, -0.4, 0, 0.1, 1, -2, 0.1])
    X, Y = np.array([[0, 0], [1, 0.3], [0.2, 0.7]]), np.ones((3, 1))  # one sum is 1, on a kink
    for kind in (HardTanh, Doubled):
        net = c.Network(c.Dense(2, 2), kind(), c.Dense(2, 1))
        check = c.check_network(net, params, X, Y, "mse")
        assert check.ok == (kind is HardTanh), check
    assert check.worst in ("layer 1, W[0, 1]", "layer 1, W[1, 1]", "layer 1, b[1]")


def test_an_objective_that_must_be_told_the_step_is_checked_at_the_first():
    def objective(params, step):
        return (1 + step) * (params**2).sum(), 2 * params

    assert c.check_gradient(objective, [1.0, 2.0]).ok
