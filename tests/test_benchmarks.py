"""The benchmarks run, in a tiny configuration, so that they cannot rot; no time is judged."""

import json

import pytest

from benchmarks import __main__ as program
from benchmarks import workloads

SMALL = {"W1 worked example": 30, "W2 XOR": 30, "W4 small net, accuracy": 1}
KEYS = {"machine", "date", "versions", "table", "gemm_share", "import_seconds", "growth"}
STACKED, SHARE = program.stacked, program.share_of_gemm


@pytest.fixture
def tiny(monkeypatch, tmp_path):
    """One repetition of short workloads, written to a place of their own.

    What only takes longer is left out: W8, how costs grow, and the time of an import.
    """

    def trained():
        works = {name: work for name, work in workloads.trained().items() if name in SMALL}
        for name, work in works.items():
            work.epochs = SMALL[name]
            work.__post_init__()
        return works | {"W6 784-256-128-10": works["W4 small net, accuracy"]}

    monkeypatch.setattr("sys.argv", ["benchmarks", "--repetitions", "1"])
    monkeypatch.setattr(program, "trained", trained)
    monkeypatch.setattr(program, "stacked", lambda n: STACKED(n, n_steps=5))
    monkeypatch.setattr(program, "checked", program.stacked)
    monkeypatch.setattr(program, "share_of_gemm", lambda *work: SHARE(*work, repetitions=1))
    monkeypatch.setattr(program, "import_seconds", lambda module: 0.01)
    monkeypatch.setattr(program.growth, "measure", lambda repetitions: {})
    monkeypatch.setattr(program, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(program, "DATA", tmp_path)
    return tmp_path


def test_a_tiny_run_prints_the_table_and_writes_it(tiny, capsys):
    program.main()
    results = json.loads((tiny / "results.json").read_text(encoding="utf-8"))
    assert set(results) == KEYS
    names = [line["workload"] for line in results["table"]]
    assert "W2 XOR, minimize" in names and "W2 XOR, train" in names
    assert all(line["microseconds"] > 0 for line in results["table"])
    assert all(line["times_as_fast_as"]["plain NumPy"] > 0 for line in results["table"])
    shown = capsys.readouterr().out
    assert all(f"| {name} |" in shown for name in names)
    kept = json.loads((tiny / "measured_speed.json").read_text(encoding="utf-8"))
    assert kept["table"] == results["table"]


def test_a_contender_that_ends_elsewhere_is_caught(tiny, monkeypatch):
    right = program.plain.train
    monkeypatch.setattr(program.plain, "train", lambda work: right(work) + 0.01)
    with pytest.raises(ValueError, match=r"plain NumPy ends at a loss of"):
        list(program.training(1))
