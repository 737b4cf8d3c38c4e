"""Gradient and signal in deep networks, against a plain backward pass and against theory."""

import math
import re

import numpy as np
import pytest

from course_lib import widgets
from course_lib.widgets import GradientFlow, gradient_flow, tables

FUNCTIONS = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 1 / (2 + np.exp(z) + np.exp(-z))),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "relu": (lambda z: z * (z > 0), lambda z: 1.0 * (z > 0)),
    "linear": (lambda z: z, np.ones_like),
}
DEVIATIONS = {"xavier": 32**-0.5, "he": 16**-0.5, "normal": 4 / 32**0.5}


@pytest.fixture(scope="module")
def plane():
    explorer = GradientFlow()
    explorer._show()
    arrays = {name: tables.unpack(table) for name, table in explorer.plane["tables"].items()}
    return arrays, explorer.plane["axes"]


def by_hand(depth, activation, scheme, seed):
    """Size of each dW and spread of each layer, layer by layer, with no library."""
    X, Y = np.random.default_rng(0).standard_normal((2, 32, 32))
    rng, (value, slope) = np.random.default_rng(seed), FUNCTIONS[activation]
    weights, inputs, sums = [], [X], []
    for layer in range(depth):
        if scheme == "uniform":
            weights.append(rng.uniform(-0.01, 0.01, (32, 32)))
        else:
            weights.append(DEVIATIONS[scheme] * rng.standard_normal((32, 32)))
        sums.append(inputs[-1] @ weights[-1])
        inputs.append(sums[-1] if layer == depth - 1 else value(sums[-1]))
    dz, sizes = 2 * (inputs[-1] - Y) / Y.size, []
    for layer in reversed(range(depth)):
        sizes.insert(0, math.sqrt(((inputs[layer].T @ dz) ** 2).sum()))
        if layer:
            dz = (dz @ weights[layer].T) * slope(sums[layer - 1])
    return sizes, [np.sqrt(a.var(axis=0).mean()) for a in inputs]


@pytest.mark.parametrize("scheme", ["xavier", "he", "uniform", "normal"])
@pytest.mark.parametrize("activation", FUNCTIONS)
@pytest.mark.parametrize("depth", [2, 7, 14])
def test_sizes_and_spreads_are_those_of_a_plain_backward_pass(plane, depth, activation, scheme):
    arrays, axes = plane
    at = tuple(
        axes[name].index(value)
        for name, value in zip(axes, (depth, activation, scheme), strict=True)
    )
    runs = [by_hand(depth, activation, scheme, seed) for seed in range(8)]
    sizes, spreads = (np.exp(np.log(part).mean(axis=0)) for part in zip(*runs, strict=True))
    step = 10 ** (50 / 65534)  # of the code, and a little for rounding
    found = arrays["gradient"][at]
    np.testing.assert_allclose(found[:depth], np.clip(sizes, 1e-30, 1e20), rtol=step - 1)
    assert np.isnan(found[depth:]).all()
    seen = spreads > 1e-12 if activation == "sigmoid" else spreads > 0
    found = arrays["spread"][at][: depth + 1][seen]
    np.testing.assert_allclose(found, np.clip(spreads[seen], 1e-30, 1e20), rtol=step - 1)
    assert arrays["ratio"][at] == pytest.approx(sizes[0] / sizes[-1], rel=0.06)


@pytest.mark.parametrize("activation", ["relu", "linear"])
def test_scale_passes_unchanged_through_layers_without_curvature(activation):
    """Doubling any one layer does the same to the output: so W times dW sums to one number."""
    net = gradient_flow.deep_net(12, activation)
    X, Y = gradient_flow.task()
    for scheme in ("he", "uniform", "normal"):
        params = gradient_flow.initial_params(12, [scheme])[0]
        weights, _ = net.unpack(params)
        slopes, _ = net.unpack(net.loss_and_grad(params, X, Y, "mse")[1])
        products = [(W * dW).sum() for W, dW in zip(weights, slopes, strict=True)]
        np.testing.assert_allclose(products, products[0], rtol=1e-9)


def test_the_words_fit_the_numbers_everywhere(plane):
    arrays, _ = plane
    ratio, outcome = arrays["ratio"], arrays["outcome"]
    assert ((outcome == 1) == (ratio < 0.05)).all()
    assert ((outcome == 2) == (ratio > 20)).all()
    assert (arrays["largest"][outcome == 3] <= 1e-4).all()
    assert (arrays["smallest"][outcome == 4] >= 1e4).all()
    assert set(np.unique(outcome)) == {0, 1, 2, 3, 4}
    assert all((arrays[name] > 0).all() for name in ("ratio", "largest", "smallest"))


def test_deep_sigmoids_vanish_from_each_of_the_starts(plane):
    arrays, axes = plane
    sigmoid, deep = axes["activation"].index("sigmoid"), axes["depth"].index(8)
    assert (arrays["outcome"][deep:, sigmoid] == 1).all()


def test_each_activation_is_steady_with_the_start_made_for_it(plane):
    arrays, axes = plane
    for activation, scheme in (("relu", "he"), ("tanh", "xavier"), ("linear", "xavier")):
        at = axes["activation"].index(activation), axes["scheme"].index(scheme)
        assert (arrays["outcome"][:, *at] == 0).all()
        assert (arrays["smallest"][:, *at] > 1e-2).all()
        assert (arrays["largest"][:, *at] < 10).all()


def test_the_forecast_is_a_quarter_for_each_sigmoid(plane):
    arrays, axes = plane
    at = axes["depth"].index(6), axes["activation"].index("sigmoid"), axes["scheme"].index("he")
    wanted = arrays["gradient"][at][5] * 0.25 ** np.arange(5, -1, -1)
    np.testing.assert_allclose(arrays["forecast"][at][:6], wanted, rtol=0.01)


def test_a_lookup_is_a_fresh_run(plane):
    arrays, axes = plane
    rng = np.random.default_rng(3)
    explorer = GradientFlow()
    explorer._show()
    for _ in range(12):
        explorer.depth, explorer.activation, explorer.scheme = (
            rng.choice(np.array(positions, dtype=object)) for positions in axes.values()
        )
        looked_up = tables.frame(explorer.plane, explorer.settings)
        fresh = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
        for name in arrays:
            np.testing.assert_allclose(looked_up[name], fresh[name], rtol=0.002, err_msg=name)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "10 layers of sigmoid: the gradient vanishes on its way back"),
        ({"activation": "relu", "scheme": "he"}, "10 layers of ReLU: the gradient is steady"),
        ({"activation": "tanh", "scheme": "normal"}, "tanh: the gradient explodes on its way back"),
        ({"activation": "relu", "scheme": "uniform"}, "ReLU: the gradient has vanished everywhere"),
        ({"activation": "linear", "scheme": "normal"}, "the gradient has exploded everywhere"),
        ({"scheme": "uniform"}, "At the output no two inputs differ any more, to 14 digits."),
    ],
)
def test_the_sentence_says_what_is_seen(settings, words):
    explorer = GradientFlow(**settings)
    assert words in explorer.status
    assert explorer.status in explorer.describe()
    for number in re.findall(r"\d[.\d]*(?=×)", explorer.status):
        assert len(number) <= 3  # two digits and a point
    assert explorer.picture().startswith(b"\x89PNG")


def test_settings_out_of_range_are_refused():
    with pytest.raises(ValueError, match="depth: expected a number from 2 to 20, got 21"):
        GradientFlow(depth=21)
    with pytest.raises(ValueError, match="activation: expected one of .* got 'gelu'"):
        GradientFlow(activation="gelu")
    with pytest.raises(TypeError, match="expected depth, activation, scheme, got width"):
        GradientFlow(width=3)
    explorer = GradientFlow()
    with pytest.raises((TypeError, ValueError), match="scheme: expected one of"):
        explorer.scheme = 3


def test_the_plane_is_small_and_its_line_of_python_shows_it_again():
    explorer = GradientFlow(depth=12, activation="tanh", scheme="normal")
    again = eval(explorer.call, vars(widgets))
    assert (again.settings, again.status) == (explorer.settings, explorer.status)
    explorer._show()
    assert tables.size(explorer.plane) < 100_000
