"""Gradient and signal in a real JupyterLab: depth, activation and initialisation."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib.widgets import GradientFlow, gradient_flow

pytestmark = pytest.mark.browser

TITLE = "Gradient and signal in a deep network"


@pytest.fixture(scope="module")
def page(browser, lab):
    write_notebook(
        lab.folder / "gradient_flow.ipynb",
        ["from course_lib.widgets import GradientFlow\nexplorer = GradientFlow()\nexplorer"],
    )
    page = lab.open(browser, "gradient_flow.ipynb")
    run_cell(page, 0)
    yield page
    page.context.close()


def test_every_activation_with_every_start(page, artifacts):
    shown, seen = OnPage(page, TITLE).wait(), []
    shown.press("Depth", "End")
    for activation in gradient_flow.ACTIVATIONS:
        shown.control("Activation").select_option(activation)
        for scheme in gradient_flow.SCHEMES:
            shown.control("Initialisation").select_option(scheme)
            agrees(shown, GradientFlow)
            seen.append("".join(shown.pictures()))
        shown.root.screenshot(path=artifacts / f"gradient-flow-{activation}.png")
    assert len(set(seen)) == len(seen)
    assert page.errors == []


def test_the_note_gives_the_largest_slope(page):
    shown = OnPage(page, TITLE).wait()
    for activation, slope in (("sigmoid", "0.25"), ("relu", "1")):
        shown.control("Activation").select_option(activation)
        shown.root.get_by_text(f"Largest slope: {slope}.").wait_for()


def test_both_themes_and_a_narrow_window(page, artifacts):
    shown, pictures = OnPage(page, TITLE).wait(), []
    shown.control("Activation").select_option("sigmoid")
    shown.control("Initialisation").select_option("uniform")
    shown.press("Depth", "End")
    agrees(shown, GradientFlow)
    for name, light, width in (("light", True, 1280), ("dark", False, 1280), ("narrow", True, 760)):
        page.evaluate(f"document.body.dataset.jpThemeLight = '{str(light).lower()}'")
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        shown.root.scroll_into_view_if_needed()
        shown.root.screenshot(path=artifacts / f"gradient-flow-{name}.png")
        pictures.append("".join(shown.pictures()))
    assert len(set(pictures)) == 3
