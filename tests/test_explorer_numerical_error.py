"""The V of numerical differences, against exact fractions and plain Python floats."""

from fractions import Fraction

import numpy as np
import pytest

from course_lib import quartic, widgets
from course_lib.widgets import NumericalError, numerical_error, tables

STEPS = NumericalError().scene["controls"][0]["values"]
OUTCOMES = ("truncation side", "bottom of the central V", "central on its rounding side")


def quartic_at(w):
    """The same formula for fractions, floats and complex numbers."""
    return (((w - 3) * w + 2) * w + 1) * w


def shown(step):
    explorer = NumericalError(step_size=step)
    return tables.frame(explorer._run_at(explorer.settings), explorer.settings)


@pytest.fixture(scope="module")
def plane():
    explorer = NumericalError()
    explorer._show()
    arrays = {name: tables.unpack(table) for name, table in explorer.plane["tables"].items()}
    return explorer, arrays


def test_the_slider_holds_every_step_the_chapter_names():
    named = {1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16}
    assert named <= set(STEPS)
    assert STEPS == sorted(STEPS) and len(STEPS) >= 150


def test_the_function_is_the_quartic_and_its_slope_is_40():
    w = np.linspace(-1, 3.2, 50)
    np.testing.assert_allclose(numerical_error.height(w), quartic(w[:, None])[0], atol=1e-12)
    derivatives = [np.polyder(np.poly1d([1, -3, 2, 1, 0]), n)(3) for n in (1, 2, 3)]
    assert derivatives == [numerical_error.SLOPE, numerical_error.CURVATURE, numerical_error.THIRD]
    assert quartic([3.0])[1] == 40


@pytest.mark.parametrize("step", [1, 0.3, 0.1, 0.01, 0.001])
def test_on_the_truncation_side_the_errors_are_those_of_exact_arithmetic(step):
    frame, h, w = shown(step), Fraction(step), Fraction(3)
    central = (quartic_at(w + h) - quartic_at(w - h)) / (2 * h)
    forward = (quartic_at(w + h) - quartic_at(w)) / h
    assert frame["central"] == pytest.approx(float(central - 40) / 40, rel=0.05)
    assert frame["forward"] == pytest.approx(float(forward - 40) / 40, rel=0.05)
    assert frame["complex_step"] == pytest.approx(float(central - 40) / 40, rel=0.05)


@pytest.mark.parametrize("step", STEPS[::7])
def test_every_error_is_that_of_a_loop_in_plain_floats(step):
    frame, w = shown(step), 3.0
    central = (quartic_at(w + step) - quartic_at(w - step)) / (2 * step)
    forward = (quartic_at(w + step) - quartic_at(w)) / step
    assert frame["central"] == pytest.approx(float(f"{abs(central - 40) / 40:.2g}"), rel=1e-6)
    assert frame["forward"] == pytest.approx(float(f"{abs(forward - 40) / 40:.2g}"), rel=1e-6)
    turned = quartic_at(complex(w, step)).imag / step
    assert frame["complex_step"] == pytest.approx(abs(turned - 40) / 40, rel=0.05, abs=1e-15)


def slope(h, error, low, high):
    """How many powers of ten the error gains with one of the step, between two steps."""
    inside = (h >= low) & (h <= high)
    return np.polyfit(np.log10(h[inside]), np.log10(error[inside]), 1)[0]


def test_the_two_arms_of_each_v_have_the_slopes_that_the_sentences_tell(plane):
    h, arrays = np.array(STEPS), plane[1]
    assert slope(h, arrays["central_at"], 1e-4, 0.1) == pytest.approx(2, abs=0.02)
    assert slope(h, arrays["forward_at"], 1e-6, 0.01) == pytest.approx(1, abs=0.05)
    for name in ("central_at", "forward_at"):
        assert slope(h, arrays[name], 1e-15, 1e-9) == pytest.approx(-1, abs=0.15)
    assert (arrays["complex_at"][h < 1e-8] < 1e-15).all()


def test_the_bottoms_of_the_vs_are_where_the_errors_are_least(plane):
    h, arrays = np.array(STEPS), plane[1]
    central, forward = numerical_error.best_steps()
    for best, name in ((central, "central_at"), (forward, "forward_at")):
        # One lucky rounding is no bottom: the mean of ten neighbours is.
        smooth = np.convolve(np.log10(arrays[name]), np.ones(10) / 10, "same")[5:-5]
        assert abs(np.log10(h[5:-5][smooth.argmin()] / best)) < 0.7


def test_the_sentences_follow_the_step(plane):
    outcome = plane[1]["outcome"]
    assert (np.diff(outcome) <= 0).all()
    assert set(outcome) == set(range(6))
    for step, words in (
        (0.1, "truncation side. Relative error: central 0.0023,"),
        (1e-5, "bottom of the central V"),
        (1e-6, "central on its rounding side"),
        (1e-8, "forward at the bottom of its V"),
        (1e-12, "rounding side. Few digits survive"),
        (1e-16, "nothing moves"),
    ):
        assert words in NumericalError(step_size=step).status


def test_nothing_moves_where_the_computer_cannot_tell(plane):
    nothing = plane[1]["outcome"] == numerical_error.NOTHING
    assert (nothing == [3.0 + h == 3.0 for h in STEPS]).all()
    np.testing.assert_allclose(plane[1]["central_at"][nothing], 1, rtol=1e-3)


def test_the_secants_go_through_the_points_they_join(plane):
    _, arrays = plane
    low, high = arrays["ends"].T
    at = arrays["through"] @ [[0.75, 0.25], [0.25, 0.75]]  # at -1 and +1 of -2 to 2
    np.testing.assert_allclose(at, np.stack([low, high], axis=-1), atol=0.2)
    np.testing.assert_allclose(arrays["beside"][:, 1], 2 * high, atol=0.2)
    np.testing.assert_allclose(arrays["curve"][:, [40, 120]], arrays["ends"], atol=0.2)
    np.testing.assert_allclose(arrays["curve"][STEPS.index(1e-5)], 40 * numerical_error.VIEW, 0.1)


def test_a_smooth_curve_becomes_a_staircase(plane):
    curve = plane[1]["curve"]
    assert len(np.unique(curve[STEPS.index(1e-15)])) < 12
    assert len(np.unique(curve[STEPS.index(0.1)])) > 150


def test_plane_picture_and_line_to_copy(plane):
    explorer, _ = plane
    assert tables.size(explorer.plane) < 200_000
    assert explorer.picture().startswith(b"\x89PNG")
    again = eval(NumericalError(step_size=1e-5).call, vars(widgets))
    assert again.settings == {"step_size": 1e-5}
    assert max(len(NumericalError(step_size=step).status) for step in STEPS[::3]) < 190


@pytest.mark.parametrize(
    ("value", "error"), [(2.0, ValueError), (0.0, ValueError), ("small", TypeError)]
)
def test_a_step_off_the_slider_is_refused(value, error):
    with pytest.raises(error, match="step_size: expected a number from 1e-16 to 1, got"):
        NumericalError(step_size=value)
    with pytest.raises(TypeError, match="expected step_size, got step"):
        NumericalError(step=0.1)
