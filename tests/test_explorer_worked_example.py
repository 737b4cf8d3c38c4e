"""The explorer of the worked example, against published numbers, plain loops and fresh runs."""

import math

import numpy as np
import pytest
from golden_numbers import golden

from course_lib import SGD, minimize, skycak, widgets, worked_example
from course_lib.widgets import WorkedExample, tables

GOLD = golden("skycak")
ENDS = [(lr, k) for lr in (0.01, 0.3, 1.0, 10.0) for k in (0, 1, 100, 10_000, 1_000_000)]


@pytest.fixture(scope="module")
def plane():
    """The tables of the whole plane, unpacked."""
    explorer = WorkedExample()
    explorer._show()
    return {name: tables.unpack(table) for name, table in explorer.plane["tables"].items()}


def at(lr, iteration):
    return worked_example.RATES.index(lr), worked_example.STEPS.index(iteration)


def loop(lr, n_steps, params=None):
    """The five predictions after some steps, in plain Python numbers."""
    net, start = worked_example.start()
    weights, biases = net.unpack(start)
    layers = [(W.T.tolist(), b.tolist()) for W, b in zip(weights, biases, strict=True)]
    points = list(zip(*(part[:, 0].tolist() for part in skycak()), strict=True))
    for _ in range(n_steps):
        slopes = [([[0.0] * len(row) for row in A], [0.0] * len(b)) for A, b in layers]
        for x, y in points:
            h = forward(layers, x)
            dh = [2 * (h[-1][0] - y)]
            for (A, b), (dA, db), a, inputs in zip(
                layers[::-1], slopes[::-1], h[:0:-1], h[-2::-1], strict=True
            ):
                dz = [d * v * (1 - v) for d, v in zip(dh, a, strict=True)]
                for i in range(len(b)):
                    db[i] += dz[i]
                    for j in range(len(inputs)):
                        dA[i][j] += dz[i] * inputs[j]
                dh = [sum(A[i][j] * dz[i] for i in range(len(b))) for j in range(len(inputs))]
        for (A, b), (dA, db) in zip(layers, slopes, strict=True):
            for i in range(len(b)):
                b[i] -= lr * db[i]
                A[i] = [w - lr * d for w, d in zip(A[i], dA[i], strict=True)]
    return [forward(layers, x)[-1][0] for x, _ in points]


def forward(layers, x):
    h = [[x]]
    for A, b in layers:
        sums = [
            sum(w * v for w, v in zip(row, h[-1], strict=True)) + c
            for row, c in zip(A, b, strict=True)
        ]
        h.append([1 / (1 + math.exp(-z)) for z in sums])
    return h


def test_the_plane_is_large_enough_and_small_enough():
    explorer = WorkedExample()
    rates, steps = (control["values"] for control in explorer.scene["controls"])
    assert len(rates) >= 24 and len(steps) >= 8
    assert {0.01, 0.05, 0.1, 0.3, 1.0} <= set(rates)
    assert {row["iterations"] for row in GOLD["table"]} <= set(steps)
    assert rates == sorted(set(rates)) and steps == sorted(set(steps))
    explorer._show()
    assert tables.size(explorer.plane) < 1.5e6


def test_every_row_of_the_published_table_is_a_position_of_the_sliders(plane):
    for row in GOLD["table"]:
        place = at(0.01, row["iterations"])
        assert plane["rss"][place] == pytest.approx(row["float64"]["rss"], rel=1e-6)
        curve = np.interp(
            [0, 0.25, 0.5, 0.75, 1], widgets.worked_example.GRID, plane["curve"][place]
        )
        np.testing.assert_allclose(curve, row["float64"]["pred"], atol=2e-3)


@pytest.mark.parametrize(("lr", "n_steps"), [(0.01, 10), (0.3, 60), (1.0, 100), (10.0, 20)])
def test_runs_are_those_of_a_plain_loop(plane, lr, n_steps):
    predictions = loop(lr, n_steps)
    wanted = sum((p - y) ** 2 for p, y in zip(predictions, [0, 1, 0.5, 1, 0], strict=True))
    assert plane["rss"][at(lr, n_steps)] == pytest.approx(wanted, rel=1e-6)
    assert plane["middle"][at(lr, n_steps)] == pytest.approx(predictions[2], rel=1e-6)


def test_the_file_of_runs_is_what_the_library_computes_now():
    stored, n = worked_example.runs(), worked_example.STEPS.index(100)
    assert stored.shape == (len(worked_example.RATES), len(worked_example.STEPS), 21)
    calm = worked_example.RATES.index(0.5)  # beyond, the early steps magnify any rounding
    fresh = worked_example.walk(worked_example.RATES, worked_example.STEPS[: n + 1])
    np.testing.assert_allclose(stored[: calm + 1, : n + 1], fresh[: calm + 1], atol=1e-9)
    np.testing.assert_allclose(stored[:, :8], fresh[:, :8], atol=1e-9)
    for lr in (0.1, 0.3):
        fresh = worked_example.walk([lr], [20_000])[0, 0]
        np.testing.assert_allclose(stored[at(lr, 20_000)], fresh, atol=1e-8)


@pytest.mark.parametrize(("lr", "n_steps"), [(0.123, 777), (0.05, 7), (0.7, 2000)])
def test_what_lies_between_the_positions_is_a_fresh_run(lr, n_steps):
    net, start = worked_example.start()
    run = minimize(net.objective(*skycak(), "rss"), start, SGD(lr), n_steps)
    explorer = WorkedExample(learning_rate=lr, iteration=n_steps)
    frame = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
    assert frame["rss"] == pytest.approx(run.loss[-1], rel=1e-6)
    known = [step for step in worked_example.STEPS if step <= n_steps]
    np.testing.assert_allclose(frame["along"][: len(known)], run.loss[known], rtol=1e-3)
    assert np.isnan(frame["along"][len(known) :]).all()


def test_a_fresh_run_and_the_plane_say_the_same():
    known = WorkedExample(learning_rate=0.3, iteration=1000)
    arrays = known.compute(None, np.array([0.3]), np.array([1000.0]))
    steps = worked_example.walk([0.3], [1000])
    assert arrays["rss"].item() == pytest.approx(
        rss_of(steps[0, 0]), rel=1e-9
    )  # a plateau: steep walls, no chaos
    assert "RSS 0.2515" in known.status


def rss_of(params):
    weights, biases = worked_example.start()[0].unpack(params)
    layers = [(W.T.tolist(), b.tolist()) for W, b in zip(weights, biases, strict=True)]
    pairs = zip(*(part[:, 0].tolist() for part in skycak()), strict=True)
    return sum((forward(layers, x)[-1][0] - y) ** 2 for x, y in pairs)


@pytest.mark.parametrize(
    ("lr", "iteration", "words"),
    [
        (0.01, 0, "This is the start"),
        (0.01, 10_000, "passes all five points, none farther away than 0.08541"),
        (0.3, 10_000, "RSS 0.2502. A plateau"),
        (0.3, 100_000, "passes all five points"),
        (1.0, 100, "RSS 0.2571. A plateau"),
        (1.0, 10_000, "RSS 0.0002944. The curve passes all five points"),
        (2.0, 10_000, "The curve is flat: it says 0.5 whatever x is"),
        (0.05, 1000, "the one at x = 0.75"),
    ],
)
def test_the_sentence_says_what_the_picture_shows(lr, iteration, words):
    assert words in WorkedExample(learning_rate=lr, iteration=iteration).status


@pytest.mark.parametrize(("lr", "iteration"), ENDS)
def test_every_corner_has_a_picture_and_a_sentence(lr, iteration):
    explorer = WorkedExample(learning_rate=lr, iteration=iteration)
    assert explorer.picture().startswith(b"\x89PNG")
    assert "nan" not in explorer.status and "unknown" not in explorer.status


def test_the_line_to_copy_shows_the_picture_again():
    one = WorkedExample(learning_rate=0.3, iteration=300)
    again = eval(one.call, vars(widgets))
    assert (again.settings, again.status) == (one.settings, one.status)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"learning_rate": 0}, ValueError, "learning_rate: expected a number from 0.01 to 10"),
        ({"iteration": -1}, ValueError, r"iteration: expected a number from 0 to 1e\+06"),
        ({"iteration": 2.5}, ValueError, "iteration: expected a whole number, got 2.5"),
        ({"iteration": "10"}, TypeError, "iteration: expected"),
        ({"momentum": 0.9}, TypeError, "expected learning_rate, iteration, got momentum"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, error, message):
    with pytest.raises(error, match=message):
        WorkedExample(**settings)


def test_published_numbers_are_those_of_the_source():
    ours, count = worked_example.published(), 0
    for point, gold in zip(ours["points"], GOLD["first_iteration"]["points"], strict=True):
        wanted = {k: v["published"] for k, v in gold["values"].items() if "published" in v}
        assert point == {"x": gold["x"], "y": gold["y"]} | wanted
        count += sum(np.size(texts) for texts in wanted.values())
    for part in ("summed", "updated"):
        wanted = {k: v["published"] for k, v in GOLD["first_iteration"][part].items()}
        assert ours[part] == wanted
        count += sum(np.size(texts) for texts in wanted.values())
    for row, gold in zip(ours["table"], GOLD["table"], strict=True):
        assert row["iterations"] == gold["iterations"]
        texts = {name.replace("_", ""): text for name, text in row.items() if name != "iterations"}
        assert texts == gold["published"]
        count += sum(np.size(text) for text in texts.values())
    assert count == GOLD["counts"]["numbers_checked"]
    start = GOLD["initial_weights"]
    weights, biases = worked_example.start()[0].unpack(worked_example.start()[1])
    for k, (W, b) in enumerate(zip(weights, biases, strict=True), 1):
        assert W.T.tolist() == start[f"A_{k}"] and b.tolist() == start[f"b_{k}"]
