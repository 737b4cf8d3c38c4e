"""The explorer of batch sizes in a real JupyterLab: its ends, its looks."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib.widgets import BatchNoise

pytestmark = pytest.mark.browser

TITLE = "A line fitted to 256 points, some at a time"


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with the explorer, run."""
    cells = ["from course_lib.widgets import BatchNoise\nBatchNoise()"]
    write_notebook(lab.folder / "batch_noise.ipynb", cells)
    page = lab.open(browser, "batch_noise.ipynb")
    run_cell(page, 0)
    yield page
    page.context.close()


def test_the_last_position_takes_all_points(page):
    shown = OnPage(page, TITLE).wait()
    shown.press("Batch size", "End")
    shown.press("Learning rate", "End")
    shown.says("Batch size", "256")
    shown.status.filter(has_text="256 (all points), learning rate 1.2: 8 updates").wait_for()
    assert "does not settle" in shown.status.inner_text()


def test_single_points_at_a_high_rate_diverge_and_say_so(page):
    shown = OnPage(page, TITLE).wait()
    shown.press("Batch size", "Home")
    shown.press("Learning rate", "End")
    agrees(shown, BatchNoise)
    assert "It diverged at update" in shown.status.inner_text()
    assert page.errors == []


def test_both_themes_and_a_narrow_window(page, artifacts):
    shown, pictures = OnPage(page, TITLE).wait(), []
    shown.press("Batch size", "Home", *["ArrowRight"] * 3)
    shown.press("Learning rate", "Home", *["PageUp"] * 3)
    agrees(shown, BatchNoise)
    for name, light, width in (("", True, 1280), ("-dark", False, 1280), ("-narrow", True, 760)):
        page.evaluate(f"document.body.dataset.jpThemeLight = '{str(light).lower()}'")
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        shown.root.scroll_into_view_if_needed()
        shown.root.screenshot(path=artifacts / f"explorer-BatchNoise{name}.png")
        pictures.append("".join(shown.pictures()))
    assert len(set(pictures)) == 3
