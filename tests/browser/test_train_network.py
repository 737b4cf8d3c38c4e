"""The explorer of training in a real JupyterLab: playback, themes, and the plane's pieces."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib import mlp, spiral, two_clouds, xor
from course_lib.widgets import TrainNetwork

pytestmark = pytest.mark.browser

CELLS = [
    "from course_lib import mlp, spiral, two_clouds, xor\n"
    "from course_lib.widgets import TrainNetwork\n"
    "one = TrainNetwork(xor(), mlp([2, 4, 1], ['relu', 'sigmoid']), seed=2)\none",
    "TrainNetwork(spiral(turns=1), mlp([2, 10, 3], ['relu', 'softmax']), seed=0)",
    "clouds = TrainNetwork(two_clouds(), mlp([2, 1], ['sigmoid']))\nclouds",
    "one.learning_rate = 0.25",
    "print(len(clouds._pieces), 'pieces')",
]
EXPLORERS = {
    "Training a 2-4-1 network on 4 points": lambda **settings: TrainNetwork(
        xor(), mlp([2, 4, 1], ["relu", "sigmoid"]), seed=2, **settings
    ),
    "Training a 2-10-3 network on 198 points": lambda **settings: TrainNetwork(
        spiral(turns=1), mlp([2, 10, 3], ["relu", "softmax"]), seed=0, **settings
    ),
    "Training a 2-1 network on 100 points": lambda **settings: TrainNetwork(
        two_clouds(), mlp([2, 1], ["sigmoid"]), **settings
    ),
}
XOR, SPIRAL, CLOUDS = EXPLORERS


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with three networks, run."""
    write_notebook(lab.folder / "train_network.ipynb", CELLS)
    page = lab.open(browser, "train_network.ipynb")
    for number in range(3):
        run_cell(page, number)
    yield page
    page.context.close()


def test_training_can_be_played_and_stepped_through(page):
    shown, make = OnPage(page, XOR).wait(), EXPLORERS[XOR]
    shown.press("Learning rate", "Home", *["ArrowRight"] * 11)  # 0.5
    shown.press("Momentum", "Home")
    shown.press("Epoch", "Home")
    agrees(shown, make)
    before = shown.pictures()
    shown.root.get_by_role("button", name="Step: Epoch").click()
    shown.says("Epoch", "1")
    agrees(shown, make)
    shown.root.get_by_role("button", name="Play: Epoch").click()
    shown.status.filter(has_text="epoch 1000").wait_for(timeout=60_000)
    agrees(shown, make)
    left, right = shown.pictures()
    assert left != before[0] and right != before[1]


def test_a_rate_set_in_python_is_shown_at_once(page):
    shown, make = OnPage(page, XOR).wait(), EXPLORERS[XOR]
    run_cell(page, 3)
    shown.status.filter(has_text="Learning rate 0.25, ").wait_for(timeout=60_000)
    shown.press("Learning rate", "ArrowLeft")  # away from it, onto a position again
    agrees(shown, make)


def test_divergence_is_named(page):
    shown, make = OnPage(page, SPIRAL).wait(), EXPLORERS[SPIRAL]
    for label in ("Learning rate", "Momentum", "Epoch"):
        shown.press(label, "End")
    agrees(shown, make)
    assert "diverged at epoch" in shown.status.inner_text()


def test_both_themes_and_a_narrow_window(page, artifacts):
    shown, pictures = OnPage(page, SPIRAL).wait(), []
    shown.press("Learning rate", "Home", *["ArrowRight"] * 11)
    shown.press("Momentum", "Home", *["ArrowRight"] * 5)
    shown.press("Epoch", "End")
    agrees(shown, EXPLORERS[SPIRAL])
    for name, light, width in (("", True, 1280), ("-dark", False, 1280), ("-narrow", True, 760)):
        page.evaluate(f"document.body.dataset.jpThemeLight = '{str(light).lower()}'")
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        shown.root.scroll_into_view_if_needed()
        shown.root.screenshot(path=artifacts / f"explorer-TrainNetwork{name}.png")
        pictures.append("".join(shown.pictures()))
    assert len(set(pictures)) == 3
    page.set_viewport_size({"width": 1280, "height": 900})


def test_once_the_pieces_have_come_python_is_not_needed(page):
    shown, make = OnPage(page, CLOUDS).wait(), EXPLORERS[CLOUDS]
    wanted = len(make()._controls["learning_rate"]["values"])
    shown.until(lambda: f"{wanted} pieces" in run_cell(page, 4).inner_text())
    shown.press("Epoch", "End")
    agrees(shown, make)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    page.get_by_text("No Kernel").first.wait_for(timeout=20_000)
    for keys in (["Home"], ["End"], ["PageDown"] * 3):
        shown.press("Learning rate", *keys)
        agrees(shown, make)
