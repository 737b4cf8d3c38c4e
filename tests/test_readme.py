"""README.md says what is there."""

import json
import re
from pathlib import Path

from execute_notebooks import look_alike

from benchmarks import report

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_speeds_is_what_was_measured():
    assert report.written() == README
    assert report.table().count("×") > 10


def test_the_page_on_performance_says_what_was_measured():
    measured = json.loads((ROOT / "benchmarks" / "results.json").read_text("utf-8"))
    stacked = next(row for row in measured["table"] if row["workload"].startswith("W7"))
    assert round(stacked["times_as_fast_as"]["plain NumPy"]) == 13  # "about thirteen times"
    assert round(stacked["microseconds"]) == 11  # "400 runs at once, about 11"
    assert abs(measured["gemm_share"] - 3 / 4) < 0.03  # "three quarters for the matrix products"


def test_the_page_on_performance_has_the_measured_sliders():
    measured = json.loads((ROOT / "benchmarks" / "sliders.json").read_text("utf-8"))
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    for rows in ([measured["interact"]], measured["explorers"], measured["pages"]):
        p50, p95, lag = (max(row[of] for row in rows) for of in ("p50_ms", "p95_ms", "lag_ms"))
        assert re.search(rf"\| {p50:.0f} / {p95:.0f} ms \| .* \| {lag:.0f} ms \|", text)
    for row in measured["asked_of_python"]:
        assert f"{row['p50_ms']:.0f} / {row['p95_ms']:.0f} ms | {row['painted']} |" in text


def test_the_picture_of_growth_shows_what_was_measured(tmp_path):
    report.growth().savefig(tmp_path / "growth.png", dpi=144, metadata={"Software": None})
    stored, fresh = (path / "growth.png" for path in (ROOT / "docs", tmp_path))
    assert look_alike(stored.read_bytes(), fresh.read_bytes())


def test_every_chapter_and_exercise_is_listed():
    chapters = {f"chapters/{path.name}" for path in (ROOT / "chapters").glob("*.ipynb")}
    assert chapters == set(re.findall(r"\((chapters/[^)]*)\)", README))
    exercises = {path.name for path in (ROOT / "solutions").glob("[!._]*")}
    assert exercises <= set(re.findall(r"`(\w+)`", README))


def test_every_link_leads_somewhere():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for document in documents:
        for link in re.findall(r"\]\(([^)#]+)", document.read_text("utf-8")):
            assert ":" in link or (document.parent / link).exists(), f"{document.name}: {link}"
