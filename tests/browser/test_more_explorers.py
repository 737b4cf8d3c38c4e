"""The explorers of landscapes and momentum in a real JupyterLab."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, write_notebook

from course_lib import ravine, rosenbrock
from course_lib.widgets import LossLandscape, MomentumForms, MomentumMap, OptimizerRace

pytestmark = pytest.mark.browser

CELLS = [
    "from course_lib import ravine, rosenbrock\n"
    "from course_lib.widgets import *\nMomentumMap(ravine(10))",
    "MomentumForms()",
    "OptimizerRace(rosenbrock)",
    "LossLandscape()",
    "def step(theta, velocity, grad, lr, beta):\n"
    "    slope = grad(theta)\n"
    "    return [w - lr * float(g) for w, g in zip(theta, slope)], velocity\n\n\n"
    "own = Descent2D(ravine(20), step=step)\nown",
]
EXPLORERS = {
    "Learning rate and momentum on x² + 10y²": lambda **s: MomentumMap(ravine(10), **s),
    "Three forms of momentum on x² + k y²; ◆ is the minimum": lambda **s: MomentumForms(**s),
    "Four optimizers on (1 − x)² + 100(y − x²)²": lambda **s: OptimizerRace(rosenbrock, **s),
    "The loss 0.5 (x² + y²) + a sin 3x cos 3y": lambda **s: LossLandscape(**s),
}


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with these explorers, run."""
    write_notebook(lab.folder / "more_explorers.ipynb", CELLS)
    page = lab.open(browser, "more_explorers.ipynb")
    for number in range(len(CELLS)):
        run_cell(page, number)
    yield page
    page.context.close()


def test_a_pair_can_be_picked_on_the_map(page):
    title = next(iter(EXPLORERS))
    shown, make = OnPage(page, title).wait(), EXPLORERS[title]
    for label in ("Learning rate", "Momentum"):
        shown.press(label, "Home")
    with shown.holding_knob() as drag:
        drag(150, -100)
    shown.until(lambda: float(shown.value("Learning rate")) > 0.003)
    shown.until(lambda: 0.2 < float(shown.value("Momentum")) < 0.6)
    agrees(shown, make)


def test_a_line_of_python_can_be_copied(page):
    shown = OnPage(page, "The loss 0.5 (x² + y²) + a sin 3x cos 3y").wait()
    shown.press("Bump amplitude", "Home")
    shown.root.get_by_role("button", name="Copy as Python").click()
    line = shown.root.locator("code")
    line.filter(has_text="LossLandscape(bumpy_bowl(0.3), amplitude=0, ").wait_for()


def test_a_step_of_ones_own_is_asked_at_each_move(page):
    shown = OnPage(page, "Descent on x² + 20y²").wait()
    shown.root.get_by_text("each move asks Python").wait_for()
    shown.press("Learning rate", "Home")
    before = shown.pictures()
    shown.press("Learning rate", *["PageUp"] * 4)
    shown.changed(before)
    assert page.errors == []
