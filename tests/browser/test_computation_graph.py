"""The computation graph in a real JupyterLab: step by step, on narrow screens, in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.explorers import PIXELS, OnPage, agrees, run_cell, write_notebook

from course_lib import mlp
from course_lib.widgets import ComputationGraph

pytestmark = pytest.mark.browser

TITLE = "A computation and its slopes, step by step"
CELLS = [
    "from course_lib import mlp\n"
    "from course_lib.widgets import ComputationGraph\n"
    "one = ComputationGraph(mlp([2, 1], ['sigmoid']), [0.5, -0.3, 0.2], [0.7, 0.3], [1.0])\none",
    "weights = [0.5, -0.3, 0.8, 0.4, 0.1, -0.2, 0.6, -0.7, 0.3]\n"
    "ComputationGraph(mlp([2, 2, 1], ['tanh', 'sigmoid']), weights, [1.0, 0.5], [0.0])",
    "net = mlp([1, 4, 2, 1], ['sigmoid'] * 3)\n"
    "ComputationGraph(net, net.init_params(0), [0.5], [1.0], loss='rss')",
    "one.position = 6",
]


def deep(**settings):
    net = mlp([1, 4, 2, 1], ["sigmoid"] * 3)
    return ComputationGraph(net, net.init_params(0), [0.5], [1.0], loss="rss", **settings)


def pair(**settings):
    weights = [0.5, -0.3, 0.8, 0.4, 0.1, -0.2, 0.6, -0.7, 0.3]
    net = mlp([2, 2, 1], ["tanh", "sigmoid"])
    return ComputationGraph(net, weights, [1.0, 0.5], [0.0], **settings)


def neuron(**settings):
    net = mlp([2, 1], ["sigmoid"])
    return ComputationGraph(net, [0.5, -0.3, 0.2], [0.7, 0.3], [1.0], **settings)


EXPLORERS = [neuron, pair, deep]


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with three networks, run."""
    write_notebook(lab.folder / "computation_graph.ipynb", CELLS)
    page = lab.open(browser, "computation_graph.ipynb")
    for number in range(len(EXPLORERS)):
        run_cell(page, number)
    yield page
    page.context.close()


def seen(shown):
    """The canvases that there is room for."""
    return [one for one in shown.root.locator("canvas").all() if one.is_visible()]


@pytest.mark.parametrize("which", range(len(EXPLORERS)))
def test_every_step_shows_its_picture_and_its_sentence(page, which, artifacts):
    shown, make = OnPage(page, TITLE, which).wait(), EXPLORERS[which]
    last = len(make().scene["controls"][0]["values"]) - 1
    shown.press("Step", "Home")
    pictures = set()
    for position in range(last + 1):
        agrees(shown, make)
        shown.says("Step", str(position))
        pictures.add("".join(shown.pictures()))
        if position == 2 * last // 3:
            shown.root.screenshot(path=artifacts / f"explorer-ComputationGraph-{make.__name__}.png")
        shown.press("Step", "ArrowRight")
    assert len(pictures) == last + 1
    assert page.errors == []


def test_it_can_be_stepped_and_played(page):
    shown = OnPage(page, TITLE, 0).wait()
    shown.press("Step", "Home")
    shown.root.get_by_role("button", name="Step: Step").click()
    shown.says("Step", "1")
    agrees(shown, neuron)
    shown.press("Step", *["ArrowRight"] * 6)
    shown.root.get_by_role("button", name="Play: Step").click()
    shown.status.filter(has_text="Now every slope is known.").wait_for(timeout=15_000)
    shown.root.get_by_role("button", name="Play: Step").wait_for()
    agrees(shown, neuron)
    assert page.errors == []


def test_python_can_set_the_step(page):
    shown = OnPage(page, TITLE, 0).wait()
    shown.press("Step", "Home")
    run_cell(page, 3)
    shown.status.filter(has_text="Backward, 3 of 6: ").wait_for()
    shown.says("Step", "6")


@pytest.mark.parametrize("which", range(len(EXPLORERS)))
def test_on_a_narrow_screen_it_runs_from_top_to_bottom(page, which, artifacts):
    shown, make = OnPage(page, TITLE, which).wait(), EXPLORERS[which]
    shown.press("Step", "Home")
    (wide,) = seen(shown)
    before = wide.bounding_box()
    shown.root.evaluate("node => { node.style.width = '340px'; }")
    shown.root.locator("figure").nth(1).wait_for()
    (narrow,) = seen(shown)
    box = narrow.bounding_box()
    assert box["width"] < 340 < before["width"] and box["height"] > before["height"]
    shown.pictures()
    before = narrow.evaluate(PIXELS)
    shown.press("Step", "End")
    agrees(shown, make)
    shown.pictures()
    assert narrow.evaluate(PIXELS) != before
    name = f"explorer-ComputationGraph-{make.__name__}-narrow.png"
    shown.root.screenshot(path=artifacts / name)
    shown.root.evaluate("node => { node.style.width = ''; }")
    shown.root.locator("figure").nth(0).wait_for()
    assert page.errors == []


def test_the_dark_theme_draws_it_anew(page, artifacts):
    shown = OnPage(page, TITLE, 1).wait()
    shown.press("Step", "End", *["PageDown"] * 2)
    before = shown.pictures()
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert shown.changed(before)
    shown.root.screenshot(path=artifacts / "explorer-ComputationGraph-dark.png")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    shown.pictures()


@pytest.mark.parametrize("width", ["", "340px"])
@pytest.mark.parametrize("light", ["true", "false"])
def test_axe_finds_nothing(page, width, light):
    shown = OnPage(page, TITLE, 1).wait()
    shown.press("Step", "End")
    shown.root.evaluate(f"node => {{ node.style.width = '{width}'; }}")
    page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    shown.pictures()
    found = Axe().run(page, context=".lfe").response["violations"]
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    shown.root.evaluate("node => { node.style.width = ''; }")
    assert found == [], [one["id"] for one in found]
