"""The worked example of chapter 4: every published number, to its last printed digit.

The source writes columns, ``A_l`` of shape (n_out, n_in); our ``W`` is its transpose. Its network
is Network + rss + SGD here, its single points are traces, its sums and updates are steps of
``minimize``.
"""

from decimal import Decimal

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

GOLD = golden("skycak")
START = GOLD["initial_weights"]
NET = c.mlp([1, 4, 2, 1], ["sigmoid"] * 3)
PARAMS = NET.pack(
    [np.transpose(START[f"A_{k}"]) for k in (1, 2, 3)], [START[f"b_{k}"] for k in (1, 2, 3)]
)
SGD = c.SGD(GOLD["convention"]["alpha"])
FIRST, TABLE = GOLD["first_iteration"], {row["iterations"]: row for row in GOLD["table"]}


def as_printed(number, text):
    """Whether a number, rounded to as many digits as were printed, is what was printed."""
    last_digit = Decimal(1).scaleb(Decimal(text).as_tuple().exponent)
    exact = Decimal(float(number))
    # A tie may have been rounded either way.
    return abs(exact - Decimal(text)) <= last_digit * Decimal("0.5000001")


def check(numbers, published):
    """Compare with numbers as text, in any nesting; returns how many there were."""
    if isinstance(published, str):
        assert as_printed(np.asarray(numbers).item(), published), (numbers, published)
        return 1
    assert len(numbers) == len(published)
    return sum(map(check, numbers, published))


def as_columns(params):
    """The source's names and layout for a flat vector of parameters or slopes."""
    weights, biases = NET.unpack(params)
    named = {f"A_{k}": W.T for k, W in enumerate(weights, start=1)}
    return named | {f"b_{k}": b for k, b in enumerate(biases, start=1)}


def point_by_point():
    """All that the source prints of a point's pass, as a trace gives it."""
    for point in FIRST["points"]:
        trace = NET.trace(PARAMS, [[point["x"]]], [[point["y"]]], "rss")
        ours = {}
        for k, layer in enumerate(trace.layers[1:], start=1):
            ours |= {f"Sigma_{k}": layer.z[0], f"h_{k}": layer.a[0], f"dRSS_dh_{k}": layer.da[0]}
            ours |= {f"dRSS_dA_{k}": layer.dW.T, f"dRSS_db_{k}": layer.db}
        yield point, ours


def run(n_steps):
    """The parameters after each number of iterations in the table, up to ``n_steps``."""
    steps = [iterations for iterations in TABLE if iterations <= n_steps]
    objective = NET.objective(*c.skycak(), "rss")
    history = c.minimize(objective, PARAMS, SGD, n_steps, keep_params=steps)
    return {
        step: (params, history.loss[step])
        for step, params in zip(steps, history.params, strict=True)
    }


def check_row(iterations, params, loss):
    """Compare a row of the table; returns how many numbers it has."""
    published = TABLE[iterations]["published"]
    ours = {name.replace("_", ""): values.ravel() for name, values in as_columns(params).items()}
    ours |= {"rss": loss, "predictions": NET.predict(params, c.skycak()[0])[:, 0]}
    assert set(published) == set(ours)
    return sum(check(ours[name], texts) for name, texts in published.items())


def first_iteration():
    """Compare all of the first iteration; returns how many numbers it has."""
    count = 0
    for point, ours in point_by_point():
        for name, value in point["values"].items():
            if "published" in value:
                count += check(ours[name], value["published"])
    _, grad = NET.loss_and_grad(PARAMS, *c.skycak(), "rss")
    after = c.minimize(NET.objective(*c.skycak(), "rss"), PARAMS, SGD, 1).params[-1]
    for part, params in (("summed", grad), ("updated", after)):
        for name, values in as_columns(params).items():
            count += check(values, FIRST[part][name]["published"])
    return count


def numbers_of_row(row):
    return sum(1 if isinstance(part, str) else len(part) for part in row["published"].values())


def test_the_first_iteration_and_the_table_hold_all_published_numbers():
    # What is compared below and in the long test is all there is.
    total = first_iteration() + sum(map(numbers_of_row, TABLE.values()))
    assert total == GOLD["counts"]["numbers_checked"] == 459


def test_the_points_to_seventeen_digits():
    for point, ours in point_by_point():
        for name, value in point["values"].items():
            np.testing.assert_allclose(ours[name], value["float64"], rtol=1e-13, atol=1e-15)


def check_table(n_steps):
    for iterations, (params, loss) in run(n_steps).items():
        assert check_row(iterations, params, loss) == numbers_of_row(TABLE[iterations])
        exact = TABLE[iterations]["float64"]
        for name, values in as_columns(params).items():
            np.testing.assert_allclose(
                values.ravel(), np.ravel(exact[name.replace("_", "")]), atol=1e-10
            )
        assert loss == pytest.approx(exact["rss"], rel=1e-9)


def test_the_table_up_to_ten_thousand_iterations():
    check_table(10_000)


@pytest.mark.slow
def test_the_table_up_to_a_million_iterations():
    check_table(1_000_000)


def test_a_number_that_differs_in_the_last_printed_digit_is_noticed():
    assert as_printed(0.8318121, "0.831812") and as_printed(0.8318125, "0.831812")
    assert not as_printed(0.8318121, "0.831811") and not as_printed(0.8318121, "0.831813")
    assert as_printed(-2.0, "-2") and not as_printed(-2.51, "-2")
    params = PARAMS.copy()
    params[-1] += 0.06  # -2.44 where -2.5 is printed
    with pytest.raises(AssertionError):
        check_row(0, params, TABLE[0]["float64"]["rss"])
