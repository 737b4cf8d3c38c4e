"""Every chapter as a learner meets it: open, run all, move everything that can be moved."""

import ast
from pathlib import Path

import nbformat
import pytest
from browser.cells import explorer_of_cell
from browser.driving import drive, nothing_went_wrong, run_all
from browser.explorers import OnPage

from course_lib import widgets

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
CHAPTERS = [path.stem for path in sorted(ROOT.glob("chapters/[0-9]*.ipynb"))]
IN_CELLS = """
    (cells) => cells.flatMap((cell, i) =>
      [...cell.querySelectorAll("[role=group].lfe")].map((one) => [i, one.ariaLabel]))
"""


@pytest.fixture
def page(browser, lab, request):
    page = lab.open(browser, f"chapters/{request.param}.ipynb")
    run_all(page)
    yield page
    page.context.close()


@pytest.mark.parametrize("page", CHAPTERS, indirect=True, ids=CHAPTERS)
def test_a_chapter_runs_and_every_explorer_follows_every_control(page, request, artifacts):
    chapter = request.node.callspec.id
    nothing_went_wrong(page)
    cells, titles = sources(chapter), []
    wanted = sum(makes_explorer(source) for source in cells)
    for number, title in explorers_on(page, wanted):
        shown = OnPage(page, title, titles.count(title)).wait()
        titles.append(title)
        drive(shown, explorer_of_cell(cells, number))
        shoot(shown, artifacts / f"chapter-{chapter[:2]}-explorer-{len(titles)}")
    nothing_went_wrong(page)


def explorers_on(page, wanted):
    """The cell and the title of each explorer, once all are there; a busy machine takes a while."""
    for _ in range(60):
        found = page.locator(".jp-CodeCell").evaluate_all(IN_CELLS)
        if len(found) == wanted:
            return found
        page.wait_for_timeout(1000)
    raise AssertionError(f"expected {wanted} explorers on the page, found {found}")


def sources(chapter):
    """The code cells of a chapter."""
    cells = nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", 4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def makes_explorer(source):
    """Whether the last line of a cell calls an explorer."""
    last = ast.parse(source).body[-1]
    return (
        isinstance(last, ast.Expr)
        and getattr(getattr(last.value, "func", None), "id", None) in widgets.__all__
    )


def shoot(shown, path):
    """Pictures to look at, as wide as the notebook and as wide as a phone."""
    shown.root.screenshot(path=f"{path}.png")
    shown.page.set_viewport_size({"width": 1280, "height": 1800})
    shown.root.evaluate("node => { node.style.width = '400px'; }")
    shown.pictures()
    shown.root.screenshot(path=f"{path}-narrow.png")
    shown.page.set_viewport_size({"width": 1280, "height": 900})
