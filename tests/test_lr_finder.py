"""The learning-rate finder: its sweep step by step, and where it points to."""

import warnings

import numpy as np
import pytest

import course_lib as c

NET = c.mlp([4, 16, 8, 3], ["relu", "relu", "softmax"])
X, Y = c.learnable_labels(42)
DATA = (X[:400], Y[:400])
START = NET.init_params(0)


class Scripted:
    """A network whose losses are given in advance."""

    def __init__(self, losses):
        self.losses = iter(losses)

    def predict(self, params, X):
        return X

    def loss_and_grad(self, params, X, Y, loss):
        return next(self.losses), np.zeros(1)


def sweep(losses, **options):
    zeros = np.zeros((1, 1))
    options = {"lr_min": 1e-4, "lr_max": 1.0, "n_steps": len(losses), "batch_size": 1} | options
    return c.find_learning_rate(Scripted(losses), [0.0], (zeros, zeros), "mse", **options)


@pytest.mark.parametrize("optimizer", [c.SGD, lambda lr: c.SGD(lr, 0.9), c.Adam])
def test_the_sweep_by_hand(optimizer):
    found = c.find_learning_rate(
        NET, START, DATA, "cross_entropy", optimizer, lr_min=1e-3, lr_max=0.1, n_steps=30, seed=5
    )
    np.testing.assert_allclose(found.lrs, 10.0 ** np.linspace(-3, -1, 30))
    objective = NET.objective(*DATA, "cross_entropy", batch_size=32, seed=5)
    by_hand = c.minimize(objective, START, optimizer(lambda step: found.lrs[step]), 30)
    np.testing.assert_allclose(found.losses, by_hand.loss[:30], rtol=1e-12)
    average, weights = 0.0, 0.0
    for loss, smoothed in zip(found.losses, found.smoothed, strict=True):
        average, weights = 0.9 * average + 0.1 * loss, 0.9 * weights + 0.1
        assert smoothed == pytest.approx(average / weights)


def test_it_points_to_the_steepest_fall_per_decade():
    lrs = np.geomspace(1e-4, 1, 81)
    found = sweep(3 - np.tanh(4 * np.log10(lrs / 0.01)))
    assert found.blow_up is None
    slope = np.gradient(found.smoothed, np.log10(lrs))
    assert found.suggestion == lrs[slope.argmin()]
    # The average lags behind the loss, by some nine steps of a twentieth of a decade.
    assert 0.01 < found.suggestion < 0.04


def test_it_stops_where_the_smoothed_loss_passes_four_times_its_lowest():
    falling, rising = [1.0] * 20, [1.02**k for k in range(100)]
    found = sweep(falling + rising)
    assert len(found.lrs) == len(found.losses) == len(found.smoothed) < 120
    assert found.smoothed[-1] > 4 * found.smoothed.min() >= found.smoothed[-2]
    assert found.blow_up == found.lrs[-1]
    assert f"a tenth of that is {found.blow_up / 10:.2g}" in str(found)


@pytest.mark.parametrize("end", [np.inf, np.nan])
def test_an_overflow_ends_the_sweep_without_a_warning(end):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sweep([3.0, 3.0, 2.0, 1.0, end, 1.0])
    assert len(found.losses) == 5 and found.blow_up == found.lrs[4]
    assert found.suggestion in found.lrs[1:4]
    at_once = sweep([end, 1.0])
    assert at_once.suggestion is None and len(at_once.losses) == 1


@pytest.mark.parametrize("losses", [[1.0, 1.0, 1.0], [1.0, 1.1, 1.2]])
def test_where_nothing_falls_nothing_is_suggested(losses):
    found = sweep(losses)
    assert found.suggestion is None and "never falls" in str(found)


def test_a_first_batch_that_is_easy_by_chance_is_no_fall():
    fall = list(1.2 - 0.3 / (1 + np.exp(-np.arange(-20, 20) / 3)))
    found = sweep([0.6, *[1.2] * 50, *fall, *[0.9] * 9])
    assert found.smoothed.argmin() == 0
    assert found.lrs[60] < found.suggestion < found.lrs[85]


@pytest.mark.parametrize("seed", range(6))
def test_what_it_suggests_is_a_rate_to_train_with(seed):
    training, _ = c.digits()
    net = c.mlp([64, 32, 10], ["relu", "softmax"])
    start = net.init_params(seed)
    found = c.find_learning_rate(net, start, training, "cross_entropy", seed=seed)
    assert 0.1 < found.suggestion < 3
    optimizer = c.SGD(found.suggestion)
    history = c.train(net, start, training, "cross_entropy", optimizer, 3, batch_size=32)
    assert history.train_loss[-1] < 0.6 < 2 < found.losses[0]


def test_params_are_left_alone():
    before = START.copy()
    c.find_learning_rate(NET, START, DATA, "cross_entropy", lr_max=1e3)
    np.testing.assert_array_equal(START, before)


def test_by_default_a_batch_is_no_larger_than_the_data():
    net = c.mlp([2, 4, 1], ["tanh", "sigmoid"])
    params = net.init_params(0)
    usual, whole = (
        c.find_learning_rate(net, params, c.xor(), "binary_cross_entropy", **batches)
        for batches in ({}, {"batch_size": None})
    )
    np.testing.assert_array_equal(usual.losses, whole.losses)
    for size in (32, np.int64(32)):
        again = c.find_learning_rate(net, params, c.xor(), "binary_cross_entropy", batch_size=size)
        np.testing.assert_array_equal(again.losses, whole.losses)
