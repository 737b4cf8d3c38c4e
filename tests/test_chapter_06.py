"""What chapter 6 states in formulas and in words, against counts and against its measurements."""

import re
from itertools import combinations

import numpy as np
import pytest

from course_lib import mlp
from course_lib.measurements import measurements
from course_lib.widgets import BatchNoise


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_the_law_of_noise_counts_every_batch(size):
    slopes = np.random.default_rng(0).normal(size=(6, 4))
    full = slopes.mean(axis=0)
    batches = [slopes[list(rows)].mean(axis=0) for rows in combinations(range(6), size)]
    noise = np.mean([np.sum((batch - full) ** 2) for batch in batches])
    spread = np.mean(np.sum((slopes - full) ** 2, axis=1))
    assert noise == pytest.approx(spread / size * (6 - size) / 5, abs=1e-15)


@pytest.mark.parametrize("sizes", [[20, 32, 1], [5, 7, 3]])
def test_the_work_of_an_epoch_is_what_its_products_take(sizes):
    counted = 0

    def product(a, b):
        nonlocal counted
        counted += a.shape[0] * a.shape[1] * b.shape[1]
        return a @ b

    net, rng = mlp(sizes, ["tanh", "sigmoid"]), np.random.default_rng(0)
    X, Y = rng.normal(size=(40, sizes[0])), rng.random((40, sizes[-1]))
    params = net.init_params(0)
    (W1, W2), (b1, b2) = net.unpack(params)
    hidden = np.tanh(product(X, W1) + b1)
    dz2 = (1 / (1 + np.exp(-product(hidden, W2) - b2)) - Y) / Y.size
    dW2, dz1 = product(hidden.T, dz2), product(dz2, W2.T) * (1 - hidden**2)
    grad = net.pack([product(X.T, dz1), dW2], [dz1.sum(axis=0), dz2.sum(axis=0)])
    want = net.loss_and_grad(params, X, Y, "binary_cross_entropy")[1]
    np.testing.assert_allclose(grad, want, atol=1e-12)  # so this is the work there is

    weights, after_first = W1.size + W2.size, W2.size
    assert counted == 40 * (2 * weights + after_first)


def test_the_times_are_as_the_chapter_says():
    stored = measurements("epochs")
    assert stored["machine"] and stored["date"]
    time = dict(zip(stored["batch_sizes"], stored["seconds"], strict=True))
    assert 15 < time[1] / time[4096] < 30  # "some twenty times as long as one full batch"
    assert 22 < time[1] / time[256] < 42  # "thirty times as long as batches of 256"
    assert time[32] < 0.5 * time[8]  # "32 ... level with 8, in less than half the time"
    flat = [time[size] for size in (128, 256, 512, 1024)]
    assert max(flat) < 1.3 * min(flat) < 0.8 * time[32]
    assert time[4096] > 1.1 * min(flat)


@pytest.mark.parametrize(
    ("size", "lr", "away"), [(1, 0.1, 0.27), (16, 0.1, 0.05), (256, 0.1, 1.7), (1, 0.01, 0.07)]
)
def test_the_explorer_ends_where_the_chapter_says(size, lr, away):
    explorer = BatchNoise(batch_size=size, learning_rate=lr)
    found = float(re.search(r"([\d.]+) from the minimum", explorer.status)[1])
    assert found == pytest.approx(away, abs=0.05 if away > 1 else 0.005)
