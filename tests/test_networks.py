"""Networks against golden gradients, PyTorch where it is installed, and their own stacked runs."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest
from golden_numbers import golden, loss_name

import course_lib as c
from course_lib.layers import ACTIVATIONS
from course_lib.losses import LOSSES

CASES = golden("gradients")["cases"]
TRAINING = golden("training")


def unpacked(net, case, W, b):
    return net.pack([np.array(w) for w in case[W]], [np.array(v) for v in case[b]])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_gradients_both_ways(case):
    net = c.mlp(case["sizes"], case["activations"])
    params, gold = unpacked(net, case, "W", "b"), unpacked(net, case, "dW", "db")
    name = loss_name(case["loss"])
    value, grad = net.loss_and_grad(params, case["X"], case["T"], name)
    assert value == pytest.approx(case["value"], rel=1e-13)
    np.testing.assert_allclose(grad, gold, rtol=1e-11, atol=1e-14)
    out, caches = net.forward(params, case["X"])
    np.testing.assert_allclose(out, case["a"][-1], rtol=1e-13, atol=1e-15)
    by_hand = net.backward(params, caches, LOSSES[name](out, case["T"])[1])
    np.testing.assert_allclose(by_hand, gold, rtol=1e-11, atol=1e-14)


CURVES = [run for run in TRAINING["runs"] if run["optimizer"] in ("gd", "momentum_classical")]


@pytest.mark.parametrize("run", CURVES, ids=lambda run: run["name"])
def test_golden_training_curves(run):
    data, start = TRAINING["data"][run["data"]], TRAINING["init"][run["init"]]
    net = c.mlp(run["sizes"], run["activations"])
    objective = net.objective(data["X"], data["T"], loss_name(run["loss"]))
    sgd = c.SGD(run["hyper"]["lr"], momentum=run["hyper"].get("beta", 0.0))
    epochs = [point["epoch"] for point in run["curve"]]
    history = c.minimize(objective, unpacked(net, start, "W", "b"), sgd, max(epochs), False)
    for point in run["curve"]:
        drift = max(1e-9, 100 * point["numpy_abs_diff"])
        assert history.loss[point["epoch"]] == pytest.approx(point["loss"], abs=drift)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_against_central_differences(name):
    net = c.mlp([3, 4, 2], [name, "linear"])
    rng = np.random.default_rng(4)
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    check = c.check_network(net, net.init_params(rng), X, Y, "mse")
    assert check.ok and check.max_relative_error < 1e-7


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_against_torch(name):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    theirs = (
        {
            "linear": lambda z: z,
            "gelu_tanh": lambda z: functional.gelu(z, approximate="tanh"),
            "softmax": lambda z: torch.softmax(z, dim=-1),
        }.get(name)
        or getattr(torch, name, None)
        or getattr(functional, name)
    )
    z = np.linspace(-6, 6, 48).reshape(8, 6)
    layer = ACTIVATIONS[name]()
    a, cache = layer.forward(None, z)
    da = np.random.default_rng(5).normal(size=z.shape)
    tensor = torch.tensor(z, requires_grad=True)
    out = theirs(tensor)
    out.backward(torch.tensor(da))
    np.testing.assert_allclose(a, out.detach().numpy(), rtol=1e-12, atol=1e-15)
    dz, _ = layer.backward(None, cache, da)
    np.testing.assert_allclose(dz, tensor.grad.numpy(), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    ("last", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_that_is_sure_and_wrong_still_gets_its_full_gradient(last, loss, dtype):
    net = c.mlp([1, 2], [last])
    params = np.array([1000, -1000, 0, 0], dtype)
    X, Y = np.array([[1]], dtype), np.array([[0, 1]], dtype)
    value, grad = net.loss_and_grad(params, X, Y, loss)
    assert value.dtype == grad.dtype == dtype
    expected = 2000 if last == "softmax" else 1000
    assert value == expected
    share = 1 if last == "softmax" else 0.5
    np.testing.assert_array_equal(grad, share * np.array([1, -1, 1, -1]))


def test_stacked_networks_equal_single_networks():
    net = c.mlp([2, 5, 3], ["relu", "softmax"])
    rng = np.random.default_rng(6)
    X, Y = rng.normal(size=(7, 2)), rng.dirichlet([1, 1, 1], size=7)
    params = np.stack([net.init_params(rng) for _ in range(4)])
    values, grads = net.loss_and_grad(params, X, Y, "cross_entropy")
    assert values.shape == (4,) and grads.shape == params.shape
    for run in range(4):
        value, grad = net.loss_and_grad(params[run], X, Y, "cross_entropy")
        assert values[run] == pytest.approx(value, rel=1e-12)
        np.testing.assert_allclose(grads[run], grad, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(net.predict(params, X)[run], net.predict(params[run], X))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_trace_holds_every_golden_number(case):
    net = c.mlp(case["sizes"], case["activations"])
    params, X = unpacked(net, case, "W", "b"), np.array(case["X"])
    trace = net.trace(params, X, case["T"], loss_name(case["loss"]))
    assert len(trace.layers) == len(case["sizes"])
    np.testing.assert_array_equal(trace.layers[0].a, X)
    assert trace.loss == pytest.approx(case["value"], rel=1e-13)
    np.testing.assert_allclose(trace.dX, case["dX"], rtol=1e-11, atol=1e-14)
    for i, layer in enumerate(trace.layers[1:]):
        for name in ("z", "a", "dz", "dW", "db", "W", "b"):
            gold = case[name][i if len(case[name]) < len(case["sizes"]) else i + 1]
            np.testing.assert_allclose(getattr(layer, name), gold, rtol=1e-11, atol=1e-14)


def test_the_slopes_of_a_trace_are_measured_slopes():
    net = c.Network(c.Dense(2, 3), c.Dense(3, 2), c.Tanh(), c.Softplus(), c.Dense(2, 2))
    rng = np.random.default_rng(11)
    X, Y, params = rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), rng.normal(size=net.n_params)
    trace = net.trace(params, X, Y, "mse")
    value, grad = net.loss_and_grad(params, X, Y, "mse")
    layers = trace.layers[1:]
    np.testing.assert_array_equal(
        net.pack([layer.dW for layer in layers], [layer.db for layer in layers]), grad
    )
    assert trace.loss == value
    measured = c.numerical_gradient(lambda x: net.loss_and_grad(params, x, Y, "mse")[0], X)
    np.testing.assert_allclose(trace.dX, measured, atol=1e-8)
    np.testing.assert_array_equal(layers[0].a, layers[0].z)  # no activation of its own
    np.testing.assert_allclose(layers[1].da, layers[2].dz @ layers[2].W.T)
    after = c.Network(c.Dense(3, 2), c.Tanh(), c.Softplus(), c.Dense(2, 2))
    rest = params[9:]
    measured = c.numerical_gradient(
        lambda a: after.loss_and_grad(rest, a, Y, "mse")[0], layers[0].a
    )
    np.testing.assert_allclose(layers[0].da, measured, atol=1e-8)


def test_a_trace_is_exact_where_the_network_saturates():
    trace = c.mlp([1, 1], ["sigmoid"]).trace(
        [1000.0, 0.0], [[1.0]], [[0.0]], "binary_cross_entropy"
    )
    assert trace.loss == 1000 and trace.layers[1].dz == 1


def test_a_validation_pass_between_forward_and_backward_changes_nothing():
    net = c.mlp([2, 4, 1], ["tanh", "sigmoid"])
    X, Y = c.xor()
    params = net.init_params(0)
    out, caches = net.forward(params, X)
    dout = c.mse(out, Y)[1]
    undisturbed = net.backward(params, caches, dout)
    net.predict(params, X + 5)
    net.loss_and_grad(params, X - 5, Y, "mse")
    np.testing.assert_array_equal(net.backward(params, caches, dout), undisturbed)


def test_the_order_of_the_samples_does_not_matter():
    net = c.mlp([2, 4, 1], ["tanh", "sigmoid"])
    X, Y = c.xor()
    params, order = net.init_params(0), [2, 0, 3, 1]
    value, grad = net.loss_and_grad(params, X, Y, "mse")
    other_value, other_grad = net.loss_and_grad(params, X[order], Y[order], "mse")
    assert other_value == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(other_grad, grad, rtol=1e-12, atol=1e-16)


def test_params_are_w_row_by_row_then_b():
    net = c.mlp([2, 3, 1], ["relu", "linear"])
    weights = [np.arange(6.0).reshape(2, 3), np.arange(9.0, 12).reshape(3, 1)]
    biases = [np.arange(6.0, 9), np.array([12.0])]
    params = net.pack(weights, biases)
    np.testing.assert_array_equal(params, np.arange(13))
    names = [net.parameter_name(i) for i in (0, 4, 8, 9, 12)]
    assert names == [
        "layer 1, W[0, 0]",
        "layer 1, W[1, 1]",
        "layer 1, b[2]",
        "layer 2, W[0, 0]",
        "layer 2, b[0]",
    ]
    for got, put in zip(net.unpack(params), (weights, biases), strict=True):
        for one, other in zip(got, put, strict=True):
            np.testing.assert_array_equal(one, other)
    net.unpack(params)[0][0][:] = -1
    np.testing.assert_array_equal(params, np.arange(13))


@pytest.mark.parametrize(
    ("scheme", "activation", "scale", "spread"),
    [
        ("auto", "relu", None, np.sqrt(2 / 300)),
        ("auto", "gelu", None, np.sqrt(2 / 300)),
        ("auto", "tanh", None, np.sqrt(2 / 500)),
        ("he", "tanh", None, np.sqrt(2 / 300)),
        ("xavier", "relu", None, np.sqrt(2 / 500)),
        ("normal", "relu", 0.01, 0.01),
        ("uniform", "relu", 0.3, 0.3 / np.sqrt(3)),
        ("zeros", "relu", None, 0.0),
    ],
)
def test_initial_weights_have_the_spread_their_scheme_promises(scheme, activation, scale, spread):
    net = c.mlp([300, 200], [activation])
    weights, biases = net.unpack(net.init_params(7, scheme, scale))
    assert weights[0].std() == pytest.approx(spread, rel=0.02)
    assert not biases[0].any()
    np.testing.assert_array_equal(
        net.init_params(7, scheme, scale), net.init_params(7, scheme, scale)
    )


def test_batches_depend_on_seed_and_step_alone_and_use_every_row_once():
    X = np.arange(10.0)[:, None]
    net = c.Network(c.Dense(1, 1))
    seen = []

    def loss(out, Y):
        seen.append(Y[:, 0])
        return c.mse(out, Y)

    objective = net.objective(X, X, loss, batch_size=4, seed=3)
    params = np.zeros(2)
    for step in range(6):
        objective(params, step)
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert [len(rows) for rows in seen] == [4, 4, 2] * 2
    np.testing.assert_array_equal(np.sort(first), X[:, 0])
    np.testing.assert_array_equal(np.sort(second), X[:, 0])
    assert (first != second).any()
    again = net.objective(X, X, loss, batch_size=4, seed=3)
    again(params, 4)
    np.testing.assert_array_equal(seen[-1], seen[4])


def test_float32_stays_float32_and_a_mixture_is_float64():
    net = c.mlp([2, 3, 1], ["tanh", "linear"])
    params = net.init_params(0, dtype=np.float32)
    X, Y = (array.astype(np.float32) for array in c.xor())
    assert net.loss_and_grad(params, X, Y, "mse")[1].dtype == np.float32
    assert net.loss_and_grad(params, X.astype(float), Y, "mse")[1].dtype == np.float64


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_whole_numbers_are_numbers(name):
    net = c.mlp([2, 3, 2], [name, "linear"])
    params, X = np.arange(-8, 9), np.array([[1, -2], [0, 3], [-1, 1]])
    Y = np.eye(2, dtype=int)[[0, 1, 0]]
    floats = params.astype(float), X.astype(float)
    np.testing.assert_array_equal(net.predict(params, X), net.predict(*floats))
    whole, real = (net.loss_and_grad(*pair, Y, "mse")[1] for pair in ((params, X), floats))
    np.testing.assert_array_equal(whole, real)
    whole, real = (net.trace(*pair, Y, "mse").layers[1].a for pair in ((params, X), floats))
    np.testing.assert_array_equal(whole, real)


@dataclass
class Huber:
    """A loss of the learner's own with a knob; a dataclass cannot be a key of a dictionary."""

    delta: float

    def __call__(self, out, Y):
        error = out - Y
        near = np.abs(error) <= self.delta
        far = self.delta * (np.abs(error) - self.delta / 2)
        slope = np.clip(error, -self.delta, self.delta) / Y.size
        return np.where(near, error**2 / 2, far).mean(axis=(-2, -1)), slope.tolist()


def test_a_loss_of_ones_own_is_taken_everywhere():
    net, (X, Y), loss = c.mlp([2, 4, 1], ["tanh", "sigmoid"]), c.xor(), Huber(0.3)
    params = net.init_params(0)
    assert c.check_network(net, params, X, Y, loss).ok
    value, _ = net.loss_and_grad(params, X.tolist(), Y.tolist(), loss)
    assert net.trace(params, X, Y, loss).loss == value
    trained = c.train(net, params, (X, Y), loss, c.SGD(0.1), 3, validation=(X, Y))
    walked = c.minimize(net.objective(X, Y, loss), params, c.SGD(0.1), 3)
    np.testing.assert_allclose(trained.train_loss, walked.loss[:3], rtol=1e-12)
    assert c.find_learning_rate(net, params, (X, Y), loss, batch_size=4).losses[0] == value


def test_half_precision_is_computed_in_float64():
    net, (X, Y) = c.mlp([2, 3, 1], ["tanh", "sigmoid"]), c.xor()
    params = net.init_params(0).astype(np.float16)
    exact = net.loss_and_grad(params.astype(float), X, Y, "mse")[1]
    for kind in (np.float16, np.longdouble):
        grad = net.loss_and_grad(params.astype(kind), X.astype(kind), Y, "mse")[1]
        assert grad.dtype == np.float64
        np.testing.assert_array_equal(grad, exact)
    assert c.x_squared(np.array([1000], np.float16))[0] == 1e6


@pytest.mark.parametrize("last", ["linear", "sigmoid", "softmax"])
def test_changing_the_output_or_the_data_changes_no_cache(last):
    net = c.mlp([2, 4, 3], ["relu", last])
    params, X = net.init_params(0), np.random.default_rng(1).normal(size=(5, 2))
    dout = np.ones((5, 3)) * [1, 2, 3]
    expected = net.backward(params, net.forward(params, X)[1], dout)
    out, caches = net.forward(params, X)
    out -= 1.0
    X *= 0.0
    np.testing.assert_array_equal(net.backward(params, caches, dout), expected)


def in_place(out, Y):
    """A loss of the learner's own that uses its arguments as scratch paper."""
    out -= Y
    Y *= 0
    return (out**2).mean(), 2 * out / out.size


def test_a_loss_may_use_its_arguments_as_scratch_paper():
    net, (X, Y) = c.mlp([2, 4, 1], ["tanh", "sigmoid"]), c.xor()
    params = net.init_params(0)
    value, grad = net.loss_and_grad(params, X, Y, "mse")
    for _ in range(2):
        again = net.loss_and_grad(params, X, Y, in_place)
        assert again[0] == value
        np.testing.assert_allclose(again[1], grad, rtol=1e-12)
    assert c.check_network(net, params, X, Y, in_place).ok
    mine, theirs = (net.trace(params, X, Y, loss) for loss in (in_place, "mse"))
    np.testing.assert_allclose(mine.layers[1].dW, theirs.layers[1].dW, rtol=1e-12)
    c.train(net, params, (X, Y), in_place, c.SGD(0.1), 2, validation=(X, Y))
    np.testing.assert_array_equal(Y, c.xor()[1])


def test_a_sigmoid_keeps_its_digits_far_from_zero():
    z = np.array([-700.0, -40.0, -20.0, -1e-9, 0.0, 3.0, 40.0])
    exact = [1 / (1 + Decimal(-number).exp()) for number in z.tolist()]
    a, _ = c.Sigmoid().forward([], z)
    np.testing.assert_allclose(a, np.array(exact, float), rtol=1e-15)
    with np.errstate(over="raise", invalid="raise"):
        a, _ = c.Sigmoid().forward([], np.array([-1e300, -np.inf, np.inf, 1e300]))
    np.testing.assert_array_equal(a, [0, 0, 1, 1])
