"""The V of numerical differences in a real JupyterLab."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib.widgets import NumericalError

pytestmark = pytest.mark.browser

TITLE = NumericalError().scene["title"]
LABEL = "Step size"
# The pixel one step to the right of w, where the slope of 40 has led; margins as in surface.js.
RING = """canvas => {
    const ratio = canvas.width / canvas.clientWidth;
    const x = 58 + (canvas.clientWidth - 58 - 18) * 0.75;
    const y = 12 + (canvas.clientHeight - 12 - 44) * (1 - (40 + 90) / 190);
    return [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data];
}"""


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with the explorer, run."""
    cell = "from course_lib.widgets import NumericalError\nNumericalError()"
    write_notebook(lab.folder / "numerical_error.ipynb", [cell])
    page = lab.open(browser, "numerical_error.ipynb")
    run_cell(page, 0)
    yield page
    page.context.close()


@pytest.fixture
def shown(page):
    return OnPage(page, TITLE).wait()


def test_the_slider_moves_both_pictures_from_end_to_end(page, shown):
    seen = []
    for keys in (["Home"], ["End"], ["PageDown"] * 3, ["ArrowLeft"], ["PageDown"] * 3):
        shown.press(LABEL, *keys)
        agrees(shown, NumericalError)
        seen.append(shown.pictures())
    for panel in zip(*seen, strict=True):
        assert len(set(panel)) >= 4
    assert page.errors == []


def test_the_sentence_follows_from_side_to_side(shown):
    shown.press(LABEL, "Home")
    shown.status.filter(has_text="nothing moves").wait_for()
    shown.press(LABEL, "End")
    shown.status.filter(has_text="truncation side").wait_for()
    shown.says(LABEL, "1")
    shown.root.get_by_text("Complex step: relative error").wait_for()


def test_the_points_that_a_secant_joins_are_drawn(page, shown):
    """Marks whose heights come from a table, two at a time."""
    shown.press(LABEL, "Home", *["PageUp"] * 2)
    middle = shown.root.locator("canvas").nth(1).evaluate(RING)
    assert middle == [255, 255, 255, 255]  # a ring is hollow, and stands before the lines


def test_the_marked_point_can_be_dragged_along_the_v(page, shown):
    shown.press(LABEL, "End")
    before = shown.pictures()
    with shown.holding_knob() as drag:
        drag(-120, 0)
    shown.changed(before)
    shown.until(lambda: "10^" in shown.value(LABEL))
    agrees(shown, NumericalError)
    assert page.errors == []


def test_it_is_readable_in_both_themes_and_on_a_narrow_screen(page, shown, artifacts):
    shown.press(LABEL, "Home", *["PageUp"] * 2)
    shown.root.screenshot(path=artifacts / "explorer-NumericalError.png")
    wide = shown.pictures()
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'false')")
    dark = shown.changed(wide)
    shown.root.screenshot(path=artifacts / "explorer-NumericalError-dark.png")
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    shown.changed(dark)
    page.set_viewport_size({"width": 760, "height": 900})
    assert shown.changed(wide) != wide
    shown.root.screenshot(path=artifacts / "explorer-NumericalError-narrow.png")
    agrees(shown, NumericalError)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.errors == []
