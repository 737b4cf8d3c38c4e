"""Diagnosis: clear cases, cases made to mislead, and curves full of noise."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_lib as c

NAN, INF = float("nan"), float("inf")


def falling(n, epochs, low, high=1.0):
    """A loss that falls from ``high`` towards ``low``, to a third of the way every ``epochs``."""
    return low + (high - low) * np.exp(-np.arange(n) / epochs)


def and_then(*parts):
    return np.concatenate([np.atleast_1d(part) for part in parts])


FALLEN, FALLEN_VAL = falling(100, 8, 0.1), falling(100, 8, 0.2)
CASES = {
    "good": ([1, 0.8, 0.6, 0.5, 0.4], [1, 0.85, 0.7, 0.6, 0.5], None, "training"),
    "good, ten epochs": (falling(10, 5, 0.1), falling(10, 5, 0.2), None, "training"),
    "one epoch": ([1.0], [1.0], None, "training"),
    "just begun": ([0.71, 0.70, 0.69], [0.71, 0.70, 0.69], np.log(2), "training"),
    "settled": (FALLEN, FALLEN_VAL, None, "converged"),
    "settled at zero": (and_then(1, np.zeros(9)), and_then(1, np.zeros(9)), None, "converged"),
    "settled below zero": (falling(50, 4, -3), falling(50, 4, -2.9), None, "converged"),
    "settled but for rounding": (
        FALLEN + 1e-15 * np.sin(np.arange(100.0) ** 2),
        FALLEN_VAL + 1e-15 * np.cos(np.arange(100.0) ** 2),
        None,
        "converged",
    ),
    "turns up": (
        [2, 1.5, 1, 0.7, 0.5, 0.3, 0.2, 0.15, 0.1, 0.05],
        [2, 1.6, 1.2, 1, 0.9, 0.85, 0.9, 1, 1.1, 1.2],
        None,
        "overfitting",
    ),
    "turns up in five epochs": (
        [1, 0.5, 0.3, 0.2, 0.1],
        [1, 0.8, 0.7, 0.9, 1.2],
        None,
        "overfitting",
    ),
    "turned up and settled there": (
        FALLEN,
        and_then(falling(20, 4, 0.3), np.linspace(0.3, 0.6, 20), np.full(60, 0.6)),
        None,
        "overfitting",
    ),
    "up in the last four epochs": (
        FALLEN,
        and_then(FALLEN_VAL[:96], 0.21, 0.23, 0.26, 0.3),
        None,
        "overfitting",
    ),
    "creeps up": (
        [1, 0.7, 0.5, 0.45, 0.44, 0.43, 0.43, 0.43, 0.43, 0.43],
        [1, 0.8, 0.6, 0.5, 0.5, 0.5, 0.505, 0.51, 0.515, 0.52],
        None,
        "overfitting",
    ),
    "remembers, never generalises": (
        falling(60, 10, 0.02, 1.1),
        1.1 + 0.01 * np.sin(np.arange(60.0) ** 2),
        np.log(3),
        "overfitting",
    ),
    "up, but down again": (
        falling(60, 20, 0.01),
        and_then(falling(20, 5, 0.5), np.linspace(0.5, 0.8, 15), np.linspace(0.8, 0.4, 25)),
        None,
        "training",
    ),
    "chance of two classes": ([0.6931] * 20, [0.6931] * 20, np.log(2), "underfitting"),
    "chance of ten classes": ([2.303] * 20, [2.303] * 20, np.log(10), "underfitting"),
    "chance, unsaid": ([2.303] * 20, [2.303] * 20, None, "underfitting"),
    "0.69 of ten classes": (
        and_then(falling(20, 3, 0.69, 2.3), [0.69] * 30),
        and_then(falling(20, 3, 0.75, 2.3), [0.75] * 30),
        np.log(10),
        "converged",
    ),
    "a thousand epochs for a hundredth": (
        np.linspace(1.09861, 1.0886, 1000),
        np.linspace(1.09861, 1.09, 1000),
        np.log(3),
        "underfitting",
    ),
    "stuck, validation drifts": (
        [0.693] * 30,
        np.linspace(0.69, 0.72, 30),
        np.log(2),
        "underfitting",
    ),
    "grows": ([1, 1.5, 2.5, 5, 10], [1, 1.6, 2.7, 5.5, 11], None, "diverging"),
    "grows after a fall": (
        [1, 0.5, 0.3, 0.4, 0.6, 0.8],
        [1, 0.6, 0.4, 0.5, 0.7, 0.9],
        None,
        "diverging",
    ),
    "grows while validation falls": ([1, 1.1, 1.2, 1.3], [1, 0.9, 0.8, 0.7], None, "diverging"),
    "explodes at the end": ([1, 0.9, 0.8, 50], [1, 0.9, 0.85, 60], None, "diverging"),
    "explodes beyond working with": ([1, 1e300, 1e308, 1e308], [1, 1, 1, 1], None, "diverging"),
    "nan": ([1, NAN, NAN], [1, NAN, NAN], None, "diverging"),
    "all nan": ([NAN], [NAN], None, "diverging"),
    "validation nan": ([1, 0.5, 0.3], [1, 0.5, NAN], None, "diverging"),
    "infinite": ([1, INF], [1, 2], None, "diverging"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_clear_case(name):
    train_loss, val_loss, chance_loss, label = CASES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = c.diagnose(train_loss, val_loss, chance_loss)
    assert found.label == label
    assert str(found) == f"{label}: {found.advice}"


@pytest.mark.parametrize("factor", [1e-6, 1e6])
@pytest.mark.parametrize("name", CASES)
def test_the_unit_of_the_loss_does_not_matter(name, factor):
    train_loss, val_loss, chance_loss, label = CASES[name]
    if name.endswith("working with"):
        return
    scaled = [factor * np.asarray(curve) for curve in (train_loss, val_loss)]
    chance_loss = chance_loss and factor * chance_loss
    assert c.diagnose(*scaled, chance_loss).label == label


NOISY = {
    "converged": lambda n: (falling(n, n / 12, 0.1), falling(n, n / 12, 0.2), None),
    "training": lambda n: (falling(n, n / 2, 0.1), falling(n, n / 2, 0.2), None),
    "overfitting": lambda n: (
        falling(n, n / 6, 0.1),
        falling(n, n / 6, 0.2) + 0.5 * np.maximum(0, np.linspace(-0.5, 0.5, n)),
        None,
    ),
    "underfitting": lambda n: (np.full(n, 0.69), np.full(n, 0.69), np.log(2)),
    "diverging": lambda n: (np.linspace(1, 2, n), np.linspace(1, 2, n), None),
}


def share_of_right_labels(label, n, jitter):
    rng = np.random.default_rng(12)
    *curves, chance_loss = NOISY[label](n)
    noisy = [[curve + rng.normal(0, jitter, n) for curve in curves] for _ in range(100)]
    return np.mean([c.diagnose(*pair, chance_loss).label == label for pair in noisy])


@pytest.mark.parametrize("n", [30, 100, 300])
@pytest.mark.parametrize("label", NOISY)
def test_noise_is_no_trend(label, n):
    assert share_of_right_labels(label, n, jitter=0.01) >= 0.93


@pytest.mark.parametrize("n", [30, 100, 300])
@pytest.mark.parametrize("label", sorted(set(NOISY) - {"training"}))  # a slow fall may drown in it
def test_much_noise_seldom_hides_a_trend(label, n):
    assert share_of_right_labels(label, n, jitter=0.05) >= 0.85


def test_overfitting_names_the_epoch_to_go_back_to():
    train_loss, val_loss, _, _ = CASES["turns up"]
    found = c.diagnose(train_loss, val_loss)
    assert found.best_epoch == 5 and "epoch 5" in found.advice


def test_real_runs():
    def run(draw, lr, epochs):
        X, Y = draw(42)
        net = c.mlp([4, 16, 8, 3], ["relu", "relu", "softmax"])
        data, validation = (X[:400], Y[:400]), (X[400:], Y[400:])
        history = c.train(
            net,
            net.init_params(0),
            data,
            "cross_entropy",
            c.SGD(lr),
            epochs,
            batch_size=32,
            validation=validation,
        )
        return c.diagnose(history.train_loss, history.val_loss, np.log(3)).label

    assert run(c.random_labels, 0.1, 300) == "overfitting"
    assert run(c.random_labels, 1e-5, 30) == "underfitting"
    assert run(c.learnable_labels, 0.1, 10) == "training"


def jittery(n, noise, seed, course):
    """A short run: a course from 1 at the first epoch, and jitter of this size around it."""
    jitter = noise * np.random.default_rng(seed).normal(size=(2, n)).clip(-2, 2)
    return course(np.linspace(0, 1, n)) + jitter


SHORT = {"n": st.integers(5, 14), "noise": st.floats(0.001, 0.05), "seed": st.integers(0, 10**6)}


# With more jitter, the last epochs of one run in a thousand climb like a divergence.
@settings(max_examples=300)
@given(**SHORT | {"noise": st.floats(0.001, 0.02)})
def test_a_short_jittery_fall_is_neither_called_divergence_nor_underfitting(n, noise, seed):
    train, val = jittery(n, noise, seed, lambda t: np.exp(-3 * t))
    assert c.diagnose(train, val).label in ("training", "overfitting", "converged")


@settings(max_examples=300)
@given(**SHORT)
def test_a_short_jittery_rise_is_divergence(n, noise, seed):
    train, val = jittery(n, noise, seed, lambda t: 1 + 3 * t)
    assert c.diagnose(train, val).label == "diverging"


@settings(max_examples=300)
@given(**SHORT | {"n": st.integers(7, 14), "noise": st.floats(0.001, 0.02)})
def test_validation_that_rises_while_training_falls_is_overfitting(n, noise, seed):
    train, _ = jittery(n, noise, seed, lambda t: 1 - 0.9 * t)
    _, val = jittery(n, noise, seed, lambda t: 1 + t)
    assert c.diagnose(train, val).label == "overfitting"


@settings(max_examples=300)
@given(**SHORT, power=st.integers(-20, 20), steep=st.floats(-1, 1), chance=st.booleans())
def test_the_unit_of_a_loss_does_not_matter(n, noise, seed, power, steep, chance):
    train, val = jittery(n, noise, seed, lambda t: 1.2 - steep * t)
    guess = 1.0 if chance else None
    found = c.diagnose(train, val, guess)
    scaled = c.diagnose(2.0**power * train, 2.0**power * val, guess and 2.0**power)
    assert scaled == found and found.best_epoch == np.argmin(val)


@settings(max_examples=100)
@given(**SHORT, lost=st.sampled_from([NAN, INF]), where=st.integers(0, 4), which=st.booleans())
def test_one_lost_number_is_divergence_wherever_it_stands(n, noise, seed, lost, where, which):
    curves = jittery(n, noise, seed, lambda t: np.exp(-3 * t))
    curves[int(which), where] = lost
    assert c.diagnose(*curves).label == "diverging"


def share_of_labels(noise, course, course_of_validation, n=400):
    """How often each label is given to short jittery runs of one kind."""
    rng = np.random.default_rng(3)
    labels = []
    for _ in range(n):
        t = np.linspace(0, 1, rng.integers(8, 15))
        jitter = noise * rng.normal(size=(2, t.size)).clip(-2, 2)
        labels.append(c.diagnose(course(t) + jitter[0], course_of_validation(t) + jitter[1]).label)
    return {label: labels.count(label) / n for label in set(labels)}


@pytest.mark.parametrize(("noise", "least"), [(0.01, 0.98), (0.03, 0.88)])
def test_a_short_jittery_run_that_still_falls_is_seldom_called_converged(noise, least):
    def course(t):
        return 0.1 + 0.9 * np.exp(-2 * t)

    assert share_of_labels(noise, course, lambda t: course(t) + 0.1)["training"] >= least


@pytest.mark.parametrize("noise", [0.01, 0.03, 0.05])
def test_a_short_jittery_run_that_has_settled_is_called_converged(noise):
    def course(t):
        return 0.1 + 0.9 * np.exp(-12 * t)

    assert share_of_labels(noise, course, lambda t: course(t) + 0.1)["converged"] >= 0.9


@pytest.mark.parametrize("noise", [0.01, 0.03, 0.05])
def test_a_short_jittery_run_at_the_level_of_chance_is_called_underfitting(noise):
    def course(t):
        return np.full(t.size, 0.69)

    assert share_of_labels(noise, course, course)["underfitting"] >= 0.9


@pytest.mark.parametrize("noise", [0.01, 0.03, 0.05])
def test_late_overfitting_of_a_short_jittery_run_is_found(noise):
    def validation(t):
        return 0.4 + 0.6 * np.exp(-5 * t) + 1.5 * np.maximum(0, t - 0.6)

    shares = share_of_labels(noise, lambda t: np.exp(-3 * t), validation)
    assert shares["overfitting"] >= 0.95
