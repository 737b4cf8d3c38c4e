"""The explorers of learning rates in a real JupyterLab, each control of each."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook
from playwright.sync_api import expect

from course_lib import digits, mlp
from course_lib.widgets import LearningRateFinder, ScheduleExplorer, schedule_explorer

pytestmark = pytest.mark.browser

CELLS = [
    "from course_lib.widgets import *\nScheduleExplorer()",
    "from course_lib import digits, mlp\n"
    'net, (data, _) = mlp([64, 32, 10], ["relu", "softmax"]), digits()\n'
    "LearningRateFinder(net, data)",
]
SCHEDULES = "Schedules, and a descent on x² + 10y² with noisy slopes"
FINDER = "The learning-rate finder, and whether it is right"
NET, DATA = mlp([64, 32, 10], ["relu", "softmax"]), digits()[0]
CONTROLS = {one["name"]: one for one in ScheduleExplorer().scene["controls"]}


def finder(**settings):
    return LearningRateFinder(NET, DATA, **settings)


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with both explorers, run."""
    write_notebook(lab.folder / "learning_rates.ipynb", CELLS)
    page = lab.open(browser, "learning_rates.ipynb")
    for number in range(len(CELLS)):
        run_cell(page, number)
    yield page
    page.context.close()


@pytest.mark.parametrize("schedule", schedule_explorer.MENU)
def test_every_schedule_shows_its_own_sliders_and_each_moves_the_picture(page, schedule, artifacts):
    shown = OnPage(page, SCHEDULES).wait()
    shown.control("Schedule").select_option(schedule)
    shown.press("Learning rate", "Home", *["PageUp"] * 4)
    agrees(shown, ScheduleExplorer)
    _, own = schedule_explorer.MENU[schedule]
    for name, control in CONTROLS.items():
        there = name in ("schedule", "learning_rate", *own)
        expect(shown.control(control["label"]), name).to_be_visible(visible=there)
    for name in ("learning_rate", *own):
        seen, label = [], CONTROLS[name]["label"]
        for key in ("Home", "End", "ArrowLeft", "PageDown"):
            shown.press(label, key)
            agrees(shown, ScheduleExplorer)
            seen.append("".join(shown.pictures()))
        assert len(set(seen)) >= 2, label
    shown.root.screenshot(path=artifacts / f"schedules-{schedule}.png")
    assert page.errors == []


def test_a_rate_beyond_the_limit_is_said_to_diverge(page):
    shown = OnPage(page, SCHEDULES).wait()
    shown.control("Schedule").select_option("constant")
    shown.press("Learning rate", "End")
    agrees(shown, ScheduleExplorer)
    assert "diverged at step" in shown.status.inner_text()


def test_the_finder_from_end_to_end(page, artifacts):
    shown, seen = OnPage(page, FINDER).wait(), []
    shown.root.get_by_text("the sweep falls fastest at").wait_for()
    for keys in (["Home"], ["End"], ["PageDown"] * 3, ["ArrowLeft"]):
        shown.press("Learning rate", *keys)
        agrees(shown, finder)
        seen.append(shown.pictures())
    assert len({left for left, _ in seen}) == len({right for _, right in seen}) == 4
    shown.root.screenshot(path=artifacts / "finder.png")
    assert page.errors == []


def test_both_in_the_dark_and_on_a_phone(page, artifacts):
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    for name, title in {"schedules": SCHEDULES, "finder": FINDER}.items():
        shown = OnPage(page, title).wait()
        shown.root.screenshot(path=artifacts / f"{name}-dark.png")
        shown.root.evaluate("node => { node.style.width = '340px'; }")
        shown.pictures()
        boxes = [canvas.bounding_box() for canvas in shown.root.locator("canvas").all()]
        assert all(box["width"] > 250 for box in boxes)
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
        shown.root.screenshot(path=artifacts / f"{name}-narrow.png")
        shown.root.evaluate("node => { node.style.width = ''; }")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert page.errors == []
