"""What chapter 12 says in formulas and numbers, worked out a second way."""

import math
from itertools import product

import numpy as np
import pytest

from course_lib import SGD, digits, minimize, mlp, spiral, xor
from course_lib.measurements import measurements


def test_the_spiral_is_that_of_the_formula():
    X, Y = spiral(n_per_class=5, turns=2, noise=0)
    for i, (x1, x2) in enumerate(X):
        c, k = divmod(i, 5)
        r, theta = 0.5 + 2 * k / 4, 4 * math.pi * k / 4
        assert x1 == pytest.approx(r * math.sin(theta + 2 * math.pi * c / 3), abs=1e-12)
        assert x2 == pytest.approx(r * math.cos(theta + 2 * math.pi * c / 3), abs=1e-12)
        assert Y[i].argmax() == c


def test_no_answer_that_confuses_points_costs_less_than_its_constant():
    """The best single answer for a group of points is its mean, found here by trying them all."""
    answers = np.linspace(0.0005, 0.9995, 1999)
    found = set()
    for group in product(range(4), repeat=4):
        total = 0.0
        for k in set(group):
            ys = [y for y, g in zip((0, 1, 1, 0), group, strict=True) if g == k]
            costs = sum(-np.log(answers if y else 1 - answers) for y in ys)
            total += costs.min() / 4
        found.add(round(total, 2))
    assert found == {0.0, 0.35, 0.48, 0.69}
    best = [math.log(2) / 2, 0.75 * (math.log(3) - 2 / 3 * math.log(2)), math.log(2)]
    np.testing.assert_allclose(best, [0.3466, 0.4774, 0.6931], atol=5e-5)


def test_seed_42_is_stuck_for_good():
    """A plain loop, 3,000 epochs: three points with one answer, and no gradient left for them."""
    X, Y = xor()
    draw = np.random.RandomState(42).randn
    W1, W2, b1, b2 = 0.5 * draw(2, 4), 0.5 * draw(4, 1), np.zeros(4), np.zeros(1)
    for _ in range(3000):
        Z = X @ W1 + b1
        A = np.maximum(Z, 0)
        p = 1 / (1 + np.exp(-(A @ W2 + b2)))
        d2 = (p - Y) / 4
        d1 = (d2 @ W2.T) * (Z > 0)
        W2, b2 = W2 - 0.5 * A.T @ d2, b2 - 0.5 * d2.sum(axis=0)
        W1, b1 = W1 - 0.5 * X.T @ d1, b1 - 0.5 * d1.sum(axis=0)
    np.testing.assert_allclose(p[:, 0], [2 / 3, 2 / 3, 2 / 3, 0], atol=2e-3)
    assert (Z[:3] < 1e-3).all()


def test_two_relu_units_can_represent_xor():
    X, Y = xor()
    net = mlp([2, 2, 1], ["relu", "linear"])
    params = net.pack([[[1, -1], [-1, 1]], [[1], [1]]], [[0, 0], [0]])
    np.testing.assert_array_equal(net.predict(params, X), Y)


@pytest.mark.parametrize("seed", range(3))
def test_the_plateau_of_the_tiny_start(seed):
    """With weights of 0.01 the loss keeps to ln 3 for hundreds of epochs."""
    net = mlp([2, 10, 3], ["relu", "softmax"])
    task = net.objective(*spiral(), "cross_entropy")
    run = minimize(task, net.init_params(seed, "normal", 0.01), SGD(0.1), n_steps=300)
    np.testing.assert_allclose(run.loss, math.log(3), atol=5e-4)


def test_the_numbers_about_digits():
    (X, _), (X_new, _) = digits()
    assert (len(X), len(X_new), X.shape[1]) == (1437, 360, 64)
    assert mlp([64, 64, 10], ["relu", "softmax"]).n_params == 64 * 64 + 64 + 64 * 10 + 10 == 4810


def test_the_honest_lines_are_in_the_measurements():
    ratio = {row["workload"]: row["times_as_fast_as"] for row in measurements("speed")["table"]}
    small, digits_, large = (
        ratio[name]
        for name in ("W2 XOR, train", "W5 digits, Adam, 32, train", "W6 784-256-128-10, train")
    )
    assert small["PyTorch"] == pytest.approx(17, abs=0.5)  # "by a factor of 17"
    assert small["JAX loop"] == pytest.approx(1 / 5, abs=0.02)  # "in a fifth of our time"
    assert (digits_["PyTorch fused"], digits_["PyTorch"]) == pytest.approx((3.8, 5.1), abs=0.05)
    assert 0.95 < large["plain NumPy"] < 1.15  # "little to choose"
    assert max(large.values()) < 1.6  # "within a factor of 1.6"
