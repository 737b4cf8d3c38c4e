"""The explorer of batch sizes, against plain loops, an exact law and theory."""

import re

import numpy as np
import pytest

from course_lib import widgets
from course_lib.widgets import BatchNoise, batch_noise, tables

LINE = batch_noise.line()


@pytest.fixture(scope="module")
def plane():
    """The tables of the whole plane, unpacked, with every place of both sliders."""
    explorer = BatchNoise()
    packet = explorer._packet(explorer._spanned(), explorer.settings)  # of all pieces
    arrays = {name: tables.unpack(table) for name, table in packet["tables"].items()}
    return packet, arrays, packet["axes"]


def slope_of_loss(weights, rows):
    """The gradient of the mean squared error of a few points, written out."""
    x, y = LINE.X[rows, 0], LINE.Y[rows, 0]
    error = weights[0] * x + weights[1] - y
    return 2 * np.array([np.mean(error * x), np.mean(error)])


def loss(weights):
    return np.mean((weights[0] * LINE.X + weights[1] - LINE.Y) ** 2)


def test_the_plane_is_small_and_holds_every_named_place(plane):
    packet, _, axes = plane
    assert tables.size(packet) < 1.5e6
    assert axes["batch_size"] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.9, 1.0, 1.2} <= set(axes["learning_rate"])
    assert len(axes["learning_rate"]) * len(axes["batch_size"]) > 500


@pytest.mark.parametrize("lr", [0.02, 0.1, 0.5])
def test_all_points_at_once_is_plain_gradient_descent(plane, lr):
    _, arrays, axes = plane
    at = axes["batch_size"].index(256), axes["learning_rate"].index(lr)
    weights = np.array([-1.5, 2.5])
    for step in range(9):
        found = arrays["x"][at][step], arrays["y"][at][step]
        np.testing.assert_allclose(found, weights, atol=0.001)
        assert arrays["seen"][at[0]][step] == pytest.approx(256 * step, abs=0.02)
        weights = weights - lr * slope_of_loss(weights, slice(None))
    assert np.isnan(arrays["x"][at][9:]).all()


def test_the_curve_is_the_full_loss_where_the_path_is(plane):
    _, arrays, _ = plane
    floor = loss(LINE.best)
    for at in [(0, 5), (3, 30), (8, 50)]:
        for step in (0, 3, 8):
            place = np.array([arrays["x"][at][step], arrays["y"][at][step]])
            want = max(loss(place) - floor, 1e-3)
            assert max(arrays["loss"][at][step], 1e-3) == pytest.approx(want, rel=0.02)
    nudges = 0.1 * np.random.default_rng(0).normal(size=(20, 2))
    assert all(loss(LINE.best + nudge) > floor for nudge in nudges)


@pytest.mark.parametrize(("size", "n_updates"), [(1, 2048), (3, 688), (100, 24), (256, 8)])
def test_updates_are_counted_and_every_point_is_seen_eight_times(size, n_updates):
    explorer = BatchNoise(batch_size=size, learning_rate=0.05)
    assert f": {n_updates} updates, " in explorer.status
    frame = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
    seen = frame["seen"][~np.isnan(frame["seen"])]
    assert (np.diff(seen) > 0).all()
    assert 2048 - 8 * size <= seen[-1] <= 2048.02


@pytest.mark.parametrize("size", [1, 2, 8, 64, 128])
def test_noise_falls_as_the_law_of_draws_without_replacement_says(size):
    slopes = np.array([slope_of_loss(LINE.best, [i]) for i in range(256)])
    assert abs(slopes.mean(axis=0)).max() < 1e-12  # the minimum: no slope but noise
    spread = np.sum(slopes**2) / 256
    assert batch_noise.noise_law(size) == pytest.approx(spread / size * (256 - size) / 255)
    assert batch_noise.noise(size) == pytest.approx(batch_noise.noise_law(size), rel=0.06)


def test_all_points_at_once_have_no_noise():
    assert batch_noise.noise(256) < 1e-30
    assert "no gradient noise" in BatchNoise(batch_size=256).status


def test_half_the_rate_is_about_as_quiet_as_twice_the_batch():
    def wander(size, lr):
        found = re.search(
            r"epoch ([\d.]+) from", BatchNoise(batch_size=size, learning_rate=lr).status
        )
        return float(found[1])

    for size in (2, 4, 8):
        assert wander(2 * size, 0.2) == pytest.approx(wander(size, 0.1), rel=0.35)
        assert wander(size, 0.2) > 1.3 * wander(size, 0.1)


@pytest.mark.parametrize(
    ("size", "lr", "words"),
    [
        (1, 0.1, "wanders about the minimum"),
        (8, 0.1, "wanders about the minimum"),
        (256, 0.01, "is still on its way, 3.3"),
        (256, 1.0, "does not settle"),
        (256, 1.2, "does not settle: in the last epoch 30.05"),
        (128, 1.2, "does not settle"),
        (8, 1.2, "diverged at update 36."),
        (1, 1.2, "diverged at update"),
    ],
)
def test_the_sentence_says_how_it_ends(size, lr, words):
    explorer = BatchNoise(batch_size=size, learning_rate=lr)
    assert words in explorer.status
    assert explorer.picture().startswith(b"\x89PNG")


def test_nothing_noisy_settles_and_only_rates_from_the_limit_on_do_not(plane):
    _, arrays, axes = plane
    outcome, lr = arrays["outcome"], np.array(axes["learning_rate"])
    assert (outcome[:, lr >= 1] >= batch_noise.TOO_FAST).all()  # the largest curvature is 2
    assert (outcome[-1, lr < 1] < batch_noise.TOO_FAST).all()
    assert not (outcome[:7] == batch_noise.SETTLES).any()
    assert (outcome[0] == batch_noise.WANDERS).sum() > 30


def test_a_lookup_is_a_fresh_run(plane):
    packet, arrays, axes = plane
    for size, lr in ((1, 0.3), (16, 0.05), (64, 0.9), (2, 1.2)):
        at = axes["batch_size"].index(size), axes["learning_rate"].index(lr)
        explorer = BatchNoise(batch_size=size, learning_rate=lr)
        fresh = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
        for name in ("x", "y"):
            np.testing.assert_allclose(arrays[name][at], fresh[name], atol=0.003)
        assert arrays["outcome"][at] == fresh["outcome"]


@pytest.mark.parametrize(
    ("value", "error"),
    [(0, ValueError), (257, ValueError), (2.5, ValueError), (True, TypeError), ("8", TypeError)],
)
def test_a_batch_size_is_a_whole_number(value, error):
    with pytest.raises(error, match="batch_size: expected a whole number from 1 to 256, got"):
        BatchNoise(batch_size=value)


def test_a_learning_rate_out_of_range_is_refused():
    with pytest.raises(ValueError, match="learning_rate: expected a number from 0.01 to 1.2"):
        BatchNoise(learning_rate=2)


def test_the_line_to_copy_shows_the_picture_again():
    one = BatchNoise(batch_size=32, learning_rate=0.2)
    again = eval(one.call, vars(widgets))
    assert (again.settings, again.status) == (one.settings, one.status)
