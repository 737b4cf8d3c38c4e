"""What each chapter has to carry: items of the sources, and claims that it checks."""

from pathlib import Path

import nbformat
import pytest

CHAPTERS = Path(__file__).parent.parent / "chapters"


def ids(prefix, *numbers):
    return {f"{prefix}-{number:02d}" for number in numbers}


COVERS = {
    "00_start_here": {"S0-01", "S1-01", "S3-24"},
    "01_loss": ids("S0", 6) | ids("S1", 2) | ids("S2", *range(1, 15)),
    "02_gradient_descent": ids("S0", *range(2, 8), 16, *range(19, 24))
    | ids("S1", *range(3, 7), 22, 23)
    | ids("S2", *range(15, 20), *range(39, 44)),
    "03_chain_rule": ids("S0", *range(8, 16), *range(24, 34))
    | ids("S1", 7)
    | ids("S2", 20, 21, 25, 26, 27)
    | ids("S3", 2, 5),
    "06_stochastic_gradients": ids("S1", *range(14, 18), 24, 37),
    "04_backpropagation": ids("S0", 11, *range(34, 41))
    | ids("S1", *range(8, 14))
    | ids("S3", 1, 3, 4, *range(6, 17))
    | ids("S4", *range(1, 32)),
    "05_gradient_checking": ids("S1", 34) | ids("S2", 28, 29, 30),
    "07_momentum": ids("S0", *range(44, 49)) | ids("S1", *range(18, 22), 36) | ids("S2", 31, 32),
    "08_adaptive_optimizers": ids("S0", 17, 49, 50) | ids("S2", *range(33, 39)),
    "09_learning_rate": ids("S0", 51) | ids("S1", 35) | ids("S2", *range(44, 50)),
    "11_deep_networks": ids("S0", 52, 53) | ids("S1", 39) | ids("S3", *range(17, 21), 22, 23),
    "12_networks_that_learn": ids("S0", 41, 42, 43, 62, 63, 66)
    | ids("S1", 40)
    | ids("S2", 22, 23, 24, 51),
    "10_training": ids("S0", 18) | ids("S1", *range(24, 34), 38, 43) | ids("S3", 21),
    "13_reflections": ids("S0", *range(54, 62), 64, 65) | ids("S1", 41, 42) | ids("S2", 50),
}
CLAIMS = {
    "01_loss": ids("C2", *range(1, 6), 28),
    "02_gradient_descent": ids("C1", 1, 2, 3, 15) | ids("C2", 6, 7, *range(17, 25)),
    "03_chain_rule": ids("C0", *range(6, 10)) | ids("C2", 29),
    "06_stochastic_gradients": ids("C1", 11, 12, 14),
    "04_backpropagation": ids("C1", 5, 6) | ids("C3", 1, 2, 3, 4, 10) | ids("C4", *range(1, 12)),
    "05_gradient_checking": ids("C2", *range(9, 13)),
    "07_momentum": ids("C0", 10, 11) | ids("C1", 4, 13) | ids("C2", 15) | ids("C3", 8),
    "08_adaptive_optimizers": ids("C0", 12, 13) | ids("C2", 13, 14, 16, 27),
    "09_learning_rate": ids("C2", 25, 26, 30),
    "11_deep_networks": ids("C3", 5, 6, 7, 9),
    "12_networks_that_learn": ids("C0", *range(1, 6)) | ids("C2", 8),
    "10_training": ids("C1", *range(7, 11)),
}


def cells(chapter):
    return nbformat.read(CHAPTERS / f"{chapter}.ipynb", as_version=4).cells


def tagged(chapter, word, kind=None):
    chosen = [cell for cell in cells(chapter) if kind in (None, cell.cell_type)]
    tags = [tag for cell in chosen for tag in cell.metadata.get("tags", [])]
    return {tag.removeprefix(f"{word}-") for tag in tags if tag.startswith(f"{word}-")}


def test_every_chapter_is_listed():
    assert {path.stem for path in CHAPTERS.glob("[0-9]*.ipynb")} == set(COVERS)


@pytest.mark.parametrize("chapter", COVERS)
def test_a_chapter_carries_its_items(chapter):
    assert tagged(chapter, "covers") == COVERS[chapter]


@pytest.mark.parametrize("chapter", CLAIMS)
def test_a_chapter_runs_the_claims_it_checks_and_says_what_came_of_them(chapter):
    assert tagged(chapter, "claim", "code") == CLAIMS[chapter]
    assert tagged(chapter, "claim", "markdown") >= CLAIMS[chapter] - {"C1-01", "C1-02"}


@pytest.mark.parametrize("chapter", COVERS)
def test_a_chapter_asks_before_it_tells(chapter):
    prose = [cell.source for cell in cells(chapter) if cell.cell_type == "markdown"]
    assert sum("**Predict.**" in text for text in prose) >= 1
    assert sum("<details>" in text for text in prose) >= 1
    assert any(text.startswith("## Summary") for text in prose)
    assert len(cells(chapter)) <= (90 if chapter == "04_backpropagation" else 70)
