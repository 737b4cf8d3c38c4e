"""Chapter 2 as a learner meets it: open, run all, move the sliders."""

import pytest
from browser.explorers import OnPage

pytestmark = pytest.mark.browser

EXPLORERS = (
    "Gradient descent on w²",
    "Descent on x² + 2y²",
    "Where gradient descent on w² + 0.5 sin 4w ends up",
)


@pytest.fixture(scope="module")
def page(browser, lab):
    page = lab.open(browser, "chapters/02_gradient_descent.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_timeout(2000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)
    yield page
    page.context.close()


@pytest.mark.parametrize("title", EXPLORERS)
def test_each_explorer_moves_by_keyboard_and_by_hand(page, artifacts, title):
    shown = OnPage(page, title).wait()
    before = shown.pictures()
    shown.press("Learning rate", "PageUp")
    before = shown.changed(before)
    shown.drag("Learning rate", 0.4, 0.7)
    before = shown.changed(before)
    with shown.holding_knob() as drag:
        drag(-40, -20)
        before = shown.changed(before)
    if shown.control("Momentum").count():
        shown.press("Momentum", "End", "PageDown")
        shown.changed(before)
    number = EXPLORERS.index(title) + 1
    page.screenshot(path=artifacts / f"chapter-02-explorer-{number}.png")


def test_nothing_went_wrong(page):
    assert page.errors == []
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert page.get_by_text("Error displaying widget").count() == 0
