"""Chapter 11: its displayed formulas against the library, and what its figures claim."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_lib import SGD, digits, mlp, numerical_gradient, train

CHAPTER = Path(__file__).parent.parent / "chapters" / "11_deep_networks.ipynb"
N = 32
X, Y = np.random.default_rng(0).standard_normal((2, N, N))


def deep(depth, activation):
    return mlp([N] * (depth + 1), [activation] * (depth - 1) + ["linear"])


def layers_of(depth, activation, **start):
    net = deep(depth, activation)
    return net.trace(net.init_params(0, **start), X, Y, "mse").layers


@pytest.mark.parametrize(
    ("activation", "slope"),
    [
        ("sigmoid", lambda layer: layer.a * (1 - layer.a)),
        ("tanh", lambda layer: 1 - layer.a**2),
        ("relu", lambda layer: layer.z > 0),
    ],
)
def test_a_gradient_meets_weights_and_slopes_on_its_way_back(activation, slope):
    layers = layers_of(6, activation, scheme="he")
    for before, layer in zip(layers[1:-1], layers[2:], strict=True):
        np.testing.assert_allclose(before.da, layer.dz @ layer.W.T, rtol=1e-12)
        np.testing.assert_allclose(before.dz, before.da * slope(before), rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(layer.dW, before.a.T @ layer.dz, rtol=1e-12)


def test_only_huge_weights_even_out_the_gradients_of_sigmoids():
    for multiple in (0.1, 1, 2, 4, 6, 15):
        sizes = []
        for seed in range(8):
            start = {"scheme": "normal", "scale": multiple / N**0.5}
            net = deep(10, "sigmoid")
            layers = net.trace(net.init_params(seed, **start), X, Y, "mse").layers
            sizes.append([np.linalg.norm(layers[k].dW) for k in (1, -1)])
        first, last = np.exp(np.log(sizes).mean(axis=0))
        assert (first < 0.05 * last) == (multiple < 10)
        assert first < 2 * last


def test_the_mean_square_of_a_signal_follows_the_formula():
    signal = np.random.default_rng(1).standard_normal((400, N))
    for sd in (0.01, 0.25, 1.0):
        for activation, part in (("linear", 1.0), ("relu", 0.5)):
            wide = mlp([N, 4000], [activation])
            out = wide.predict(wide.init_params(2, scheme="normal", scale=sd), signal)
            factor = (out**2).mean() / (signal**2).mean()
            assert factor == pytest.approx(part * N * sd**2, rel=0.05)


def test_a_skip_adds_one_to_each_factor():
    rng = np.random.default_rng(0)
    a, W, da = rng.standard_normal((5, 4)), rng.standard_normal((4, 4)), rng.standard_normal((5, 4))

    def through(a):
        return ((a + np.tanh(a @ W)) * da).sum()

    formula = da + (da * (1 - np.tanh(a @ W) ** 2)) @ W.T
    for place in np.ndindex(a.shape):
        nudge = np.zeros_like(a)
        nudge[place] = 1e-6
        slope = (through(a + nudge) - through(a - nudge)) / 2e-6
        assert formula[place] == pytest.approx(slope, rel=1e-6, abs=1e-8)


def written_in(*cells):
    """What these cells of the chapter define."""
    names = {"np": np}
    for cell in nbformat.read(CHAPTER, as_version=4).cells:
        if cell.id in cells:
            exec(cell.source, names)
    return names


def test_the_slope_of_the_cliff_is_measured():
    chain = written_in("three-chain")["chain"]
    for w in ([0.9], [1.1], [-1.05]):
        measured = numerical_gradient(lambda w: chain(w)[0], np.array(w))
        np.testing.assert_allclose(chain(np.array(w))[1], measured, rtol=1e-6)


@pytest.mark.parametrize("skip", [0, 1])
def test_the_backward_pass_with_skips_is_measured(skip):
    network = written_in("three-skip-code")
    rng = np.random.default_rng(3)
    weights, (X, Y) = rng.standard_normal((3, 5, 5)), rng.standard_normal((2, 6, 5))

    def loss(weights):
        return ((network["forward"](weights, X, skip)[-1] - Y) ** 2).mean()

    inputs = network["forward"](weights, X, skip)
    found = network["backward"](weights, inputs, 2 * (inputs[-1] - Y) / Y.size, skip)
    np.testing.assert_allclose(found, numerical_gradient(loss, weights), rtol=1e-5, atol=1e-7)


def test_normalised_sums_forget_the_size_of_the_weights():
    rng = np.random.default_rng(0)
    z = rng.standard_normal((50, 6)) * rng.uniform(1, 9, 6) + 3

    def normalised(z, epsilon=1e-5):
        return (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + epsilon)

    np.testing.assert_allclose(normalised(z).mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(normalised(z).std(axis=0), 1, rtol=1e-4)
    np.testing.assert_allclose(normalised(100 * z), normalised(z), rtol=1e-4)


@pytest.mark.parametrize("depth", [4, 10])
def test_deep_sigmoids_stay_at_guessing_whatever_the_seed(depth):
    data, _ = digits()
    net = mlp([64] + [N] * (depth - 1) + [10], ["sigmoid"] * (depth - 1) + ["softmax"])
    for seed in range(3):
        start = net.init_params(seed)
        run = train(net, start, data, "cross_entropy", SGD(0.1), 20, batch_size=64)
        assert abs(run.train_loss[-1] - np.log(10)) < 0.02
