"""Losses against golden numbers, finite differences, and the edges of floating point."""

import warnings

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

LOSSES = {
    "mse": c.mse,
    "rss": c.rss,
    "half_rss": c.half_rss,
    "bce_prob": c.binary_cross_entropy,
    "bce_prob_extreme": c.binary_cross_entropy,
    "bce_logits": c.binary_cross_entropy_with_logits,
    "cce_prob": c.cross_entropy,
    "cce_logits": c.cross_entropy_with_logits,
}
CASES = [case for case in golden("losses")["cases"] if case["case"] in LOSSES]


def columns(values):
    array = np.asarray(values, float)
    return array if array.ndim == 2 else array[:, None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['case']}-{case['y']}")
def test_golden_values_and_slopes(case):
    value, slope = LOSSES[case["case"]](columns(case.get("p", case.get("z"))), columns(case["y"]))
    expected = case.get("value", case.get("value_clip_1e15"))
    assert value == pytest.approx(expected, rel=1e-12, abs=1e-17)
    if gold := case.get("grad_p", case.get("grad_z")):
        np.testing.assert_allclose(slope, columns(gold), rtol=1e-12, atol=0)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.__name__)
def test_slopes_agree_with_central_differences(loss):
    rng = np.random.default_rng(1)
    Y = rng.dirichlet([1, 1, 1], size=4)
    out = rng.dirichlet([2, 2, 2], size=4)
    numerical = c.numerical_gradient(lambda p: loss(p, Y)[0], out)
    np.testing.assert_allclose(loss(out, Y)[1], numerical, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.__name__)
def test_stacked_runs_equal_single_runs(loss):
    rng = np.random.default_rng(2)
    Y, out = rng.dirichlet([1, 1], size=5), rng.dirichlet([2, 2], size=(3, 5))
    values, slopes = loss(out, Y)
    for run in range(3):
        value, slope = loss(out[run], Y)
        assert values[run] == pytest.approx(value, rel=1e-14)
        np.testing.assert_array_equal(slopes[run], slope)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_certain_probability_costs_much_but_not_infinity(p, dtype):
    out, Y = np.array([[p]], dtype), np.array([[1 - p]], dtype)
    value, slope = c.binary_cross_entropy(out, Y)
    assert value.dtype == slope.dtype == dtype
    assert 10 < value < 40
    assert np.isfinite(slope).all()
    assert c.binary_cross_entropy(out, np.array([[p]], dtype))[0] < 1e-6


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_are_exact_where_probabilities_saturate(dtype):
    z = np.array([[1000.0], [-1000.0]], dtype)
    value, slope = c.binary_cross_entropy_with_logits(z, np.array([[0.0], [0.0]], dtype))
    assert value == 500
    np.testing.assert_array_equal(slope, [[0.5], [0.0]])
    z = np.array([[1000.0, 0.0, -1000.0]], dtype)
    value, slope = c.cross_entropy_with_logits(z, np.array([[0, 0, 1]], dtype))
    assert value == 2000
    np.testing.assert_array_equal(slope, [[1.0, 0.0, -1.0]])


def test_a_loss_is_a_mean_so_doubling_the_data_changes_nothing():
    rng = np.random.default_rng(3)
    out, Y = rng.dirichlet([1, 1], size=6), rng.dirichlet([1, 1], size=6)
    twice = [np.concatenate([a, a]) for a in (out, Y)]
    for loss in (c.mse, c.binary_cross_entropy, c.cross_entropy):
        assert loss(*twice)[0] == pytest.approx(loss(out, Y)[0], rel=1e-13)
    for loss in (c.rss, c.half_rss):
        assert loss(*twice)[0] == pytest.approx(2 * loss(out, Y)[0], rel=1e-13)


@pytest.mark.parametrize("name", LOSSES)
def test_no_loss_warns_of_numbers_too_large(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, _ = LOSSES[name](np.array([[np.inf, -1e200]]), np.array([[1.0, 0.0]]))
    assert not value < 0


def test_the_cross_entropy_of_the_source_divides_by_the_classes_too():
    (case,) = (case for case in golden("losses")["cases"] if case["case"] == "cce_source_bug")
    wrong = case["as_coded_in_seed_2_divides_by_number_of_classes"]
    for p, right, printed in zip(case["p"], case["correct"], wrong, strict=True):
        value, _ = c.cross_entropy([p], [case["y"]])
        assert value == pytest.approx(right, rel=1e-14)
        assert value / len(p) == pytest.approx(printed, rel=1e-14)
