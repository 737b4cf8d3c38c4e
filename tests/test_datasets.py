"""Data sets: the published draws, and what each promises."""

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c
from course_lib.datasets import DIGITS

DATA = golden("training")["data"]
LABELS = golden("source_demos")["s0_logistic"]


@pytest.mark.parametrize(
    ("name", "drawn", "digits"),
    [
        ("xor", c.xor(), 15),
        ("spiral_seed0", c.spiral(66, 2, 0.1, 42), 15),
        ("spiral_one_turn", c.spiral(50, 1, 0.1, 7), 6),
        ("random_labels", c.random_labels(42, 120), 6),
        ("learnable_labels", c.learnable_labels(42, 120), 6),
    ],
)
def test_the_published_draws(name, drawn, digits):
    X, Y = drawn
    np.testing.assert_allclose(X, DATA[name]["X"], atol=0.51 * 10.0**-digits)
    np.testing.assert_array_equal(Y, DATA[name]["T"])


def test_one_neuron_learns_the_two_clouds_as_published():
    X, Y = c.two_clouds(seed=42)
    rng = np.random.RandomState(42)
    rng.randn(200)  # what the data took
    net = c.mlp([2, 1], ["sigmoid"])
    start = np.append(0.01 * rng.randn(2), 0.0)
    objective = net.objective(X, Y, "binary_cross_entropy")
    history = c.minimize(objective, start, c.SGD(LABELS["lr"]), 500)
    for epoch, loss in LABELS["loss_at"].items():
        assert history.loss[int(epoch)] == pytest.approx(loss, rel=1e-12)
    end = history.params[-1]
    np.testing.assert_allclose(end, [*LABELS["final_w"], LABELS["final_b"]], rtol=1e-11)
    places = [[0.0, 0.0], [1.0, 1.0], [0.5, 0.5]]
    np.testing.assert_allclose(net.predict(end, places)[:, 0], LABELS["test_predictions"])


def test_of_the_random_labels_the_last_hundred_hold_no_more_than_the_source_says():
    _, Y = c.random_labels(42)
    assert Y.shape == (500, 3) and Y[400:].sum(axis=0).max() == 39


@pytest.mark.parametrize("draw", [c.two_clouds, c.random_labels, c.learnable_labels])
def test_a_seed_is_a_draw(draw):
    np.testing.assert_array_equal(draw(seed=3)[0], draw(seed=3)[0])
    assert (draw(seed=3)[0] != draw(seed=4)[0]).any()


def test_a_spiral_without_noise_winds_outwards():
    X, Y = c.spiral(n_per_class=20, turns=1, noise=0.0)
    radius = np.hypot(*X.T).reshape(3, 20)
    np.testing.assert_allclose(radius, np.tile(np.linspace(0.5, 2.5, 20), (3, 1)))
    np.testing.assert_array_equal(Y.argmax(axis=1), np.repeat([0, 1, 2], 20))


def test_digits_are_split_once_and_for_all():
    (X, Y), (X_val, Y_val) = c.digits()
    for images, labels in ((X, Y), (X_val, Y_val)):
        assert images.min() == 0 and images.max() == 1
        np.testing.assert_array_equal(np.sort(labels, axis=1)[:, 8:], [[0, 1]] * len(labels))
    with np.load(DIGITS) as file:
        everything = file["pixels"] / 16
    together = np.concatenate([X, X_val])
    np.testing.assert_array_equal(
        together[np.lexsort(together.T)], everything[np.lexsort(everything.T)]
    )
    assert Y_val.sum(axis=0).min() >= 25  # every digit is there to be validated
    np.testing.assert_array_equal(X_val[0], c.digits()[1][0][0])


def test_the_digits_are_those_of_scikit_learn():
    datasets = pytest.importorskip("sklearn.datasets")
    theirs = datasets.load_digits()
    with np.load(DIGITS) as file:
        np.testing.assert_array_equal(file["pixels"], theirs.data)
        np.testing.assert_array_equal(file["labels"], theirs.target)


def test_the_digits_can_be_read_off():
    """Nearest neighbours need no training; if they can tell the digits apart, labels fit images."""
    (X, Y), (X_val, Y_val) = c.digits()
    nearest = [np.square(X - image).sum(axis=1).argmin() for image in X_val]
    assert (Y[nearest] == Y_val).all(axis=1).mean() > 0.97
