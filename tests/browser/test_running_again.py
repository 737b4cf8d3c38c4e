"""Explorers whose plane comes in pieces stay alive when they are run again, or shown twice."""

import pytest
from browser.driving import nothing_went_wrong
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib import learnable_labels, mlp, xor
from course_lib.widgets import LearningRateFinder, TrainNetwork, WorkedExample

pytestmark = pytest.mark.browser

CELLS = [
    "from course_lib import learnable_labels, mlp, xor\n"
    "from course_lib.widgets import *\n"
    "network = TrainNetwork(xor(), mlp([2, 4, 1], ['relu', 'sigmoid']))\nnetwork",
    "LearningRateFinder(mlp([4, 16, 8, 3], ['relu', 'relu', 'softmax']), learnable_labels())",
    "WorkedExample()",
    "network",
]
EXPLORERS = {
    "Training a 2-4-1 network on 4 points": lambda: TrainNetwork(
        xor(), mlp([2, 4, 1], ["relu", "sigmoid"])
    ),
    "The learning-rate finder, and whether it is right": lambda: LearningRateFinder(
        mlp([4, 16, 8, 3], ["relu", "relu", "softmax"]), learnable_labels()
    ),
    "Five points and the curve of a network": lambda: WorkedExample(),
}


@pytest.fixture(scope="module")
def page(browser, lab):
    write_notebook(lab.folder / "pieces.ipynb", CELLS)
    page = lab.open(browser, "pieces.ipynb")
    for number in range(3):
        run_cell(page, number)
    yield page
    page.context.close()


def check_that_it_is_alive(page, title, make, which=0):
    shown, fresh = OnPage(page, title, which).wait(), make()
    for keys in (["End"], ["Home"], ["PageUp", "ArrowRight"]):
        before = shown.pictures()
        shown.press("Learning rate", *keys)
        shown.changed(before)
        agrees(shown, fresh)


def check_that_each_is_alive(page):
    for title, make in EXPLORERS.items():
        check_that_it_is_alive(page, title, make)
        assert page.get_by_role("group", name=title, exact=True).count() == 1
    nothing_went_wrong(page)


def test_running_again_leaves_one_live_explorer_each(page):
    check_that_each_is_alive(page)
    for number in range(3):
        run_cell(page, number)
    check_that_each_is_alive(page)


def test_one_explorer_shown_twice_is_alive_in_both_places(page):
    title, make = next(iter(EXPLORERS.items()))
    cell = run_cell(page, 3)
    for which in (1, 0):
        check_that_it_is_alive(page, title, make, which)
    said = [OnPage(page, title, which).status.inner_text() for which in (0, 1)]
    assert said[0] == said[1]
    nothing_went_wrong(page)
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("d")
    cell.wait_for(state="detached")


def test_restarting_and_running_all_leaves_one_live_explorer_each(page):
    for _ in range(2):
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        page.wait_for_timeout(2000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        check_that_each_is_alive(page)
