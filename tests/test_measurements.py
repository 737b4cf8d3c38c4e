"""Files of measurements: they say where and when, and hold what chapters plot."""

import datetime
import json
from pathlib import Path

import pytest

from course_lib.measurements import measurements

ROOT = Path(__file__).resolve().parent.parent


def test_a_file_says_where_and_when():
    found = measurements("gradient_cost")
    assert "thread" in found["machine"]
    assert datetime.date.fromisoformat(found["date"]).year >= 2026


def test_the_cost_of_a_gradient_grows_as_chapter_4_says():
    found = measurements("gradient_cost")
    weights, back, naive = (found[n] for n in ("weights", "backpropagation", "differences"))
    assert len(weights) == len(back) == len(naive) == len(found["timed_in_full"])
    assert weights[-1] > 500_000
    growth = weights[-1] / weights[-3]
    assert back[-1] / back[-3] < 3 * growth  # about as the number of weights
    assert naive[-1] / naive[-3] > 5 * growth  # far faster: towards its square


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match="name: expected .*gradient_cost.*, got 'colour'"):
        measurements("colour")


def test_the_speed_a_chapter_shows_is_that_of_the_benchmark():
    results = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    assert measurements("speed").items() <= results.items()
    assert {"machine", "date", "versions", "table"} == measurements("speed").keys()
