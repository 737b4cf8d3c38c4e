"""The explorer of the worked example in a real JupyterLab."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib.widgets import WorkedExample

pytestmark = pytest.mark.browser

TITLE = "Five points and the curve of a network"


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with the explorer, run."""
    source = "from course_lib.widgets import WorkedExample\none = WorkedExample()\none"
    write_notebook(lab.folder / "worked_example.ipynb", [source, "one.learning_rate = 0.123"])
    page = lab.open(browser, "worked_example.ipynb")
    run_cell(page, 0)
    yield page
    page.context.close()


@pytest.fixture
def shown(page):
    return OnPage(page, TITLE).wait()


def test_the_largest_rate_and_the_longest_run(page, shown):
    for label in ("Learning rate", "Iteration"):
        shown.press(label, "End")
    agrees(shown, WorkedExample)
    assert "The curve is flat" in shown.status.inner_text()
    shown.says("Iteration", "1×10^6")
    assert page.errors == []


def test_a_run_plays_to_its_end_and_can_be_stepped(page, shown):
    shown.press("Learning rate", "Home")
    shown.press("Iteration", "End", *["ArrowLeft"] * 6)
    shown.root.get_by_role("button", name="Step: Iteration").click()
    agrees(shown, WorkedExample)
    before = shown.pictures()
    shown.root.get_by_role("button", name="Play: Iteration").click()
    shown.changed(before)
    shown.status.filter(has_text="iteration 1×10^6: RSS 0.0001891").wait_for(timeout=10_000)
    shown.root.get_by_role("button", name="Play: Iteration").wait_for(timeout=10_000)
    agrees(shown, WorkedExample)
    assert page.errors == []


def test_a_rate_between_the_positions_is_asked_of_python(page, shown):
    shown.press("Iteration", "Home", *["ArrowRight"] * 15)
    steps = WorkedExample().scene["controls"][1]["values"][15]
    run_cell(page, 1)
    wanted = WorkedExample(learning_rate=0.123, iteration=steps).status
    shown.status.filter(has_text=wanted).wait_for(timeout=10_000)
    assert page.errors == []


def test_the_explorer_in_the_dark_and_on_a_narrow_screen(page, shown, artifacts):
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'false')")
    before = shown.pictures()
    shown.press("Iteration", "Home", *["PageUp"] * 3)
    shown.changed(before)
    shown.root.screenshot(path=artifacts / "explorer-WorkedExample-dark.png")
    page.set_viewport_size({"width": 640, "height": 900})
    shown.pictures()
    shown.root.screenshot(path=artifacts / "explorer-WorkedExample-narrow.png")
    assert page.errors == []
