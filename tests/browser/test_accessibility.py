"""Every explorer in JupyterLab, by the rules of axe-core, in the light and in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.explorers import run_cell, write_notebook

from course_lib import widgets

pytestmark = pytest.mark.browser

NEEDED = {  # what some explorers cannot be made without
    "ComputationGraph": "mlp([2, 1], ['sigmoid']), [0.5, -0.3, 0.2], [0.7, 0.3], [1.0]",
    "Descent1D": "quartic",
    "Descent2D": "ellipse",
    "LearningRateFinder": "mlp([64, 16, 10], ['relu', 'softmax']), digits()[0]",
    "MomentumMap": "ravine(10)",
    "OptimizerRace": "rosenbrock",
    "StabilityLimit": "wavy_bowl",
    "TrainNetwork": "xor(), mlp([2, 4, 1], ['tanh', 'sigmoid'])",
}


@pytest.fixture(scope="module")
def page(browser, lab):
    calls = [f"display({name}({NEEDED.get(name, '')}))" for name in widgets.__all__]
    head = "from course_lib import *\nfrom course_lib.widgets import *"
    write_notebook(lab.folder / "every_explorer.ipynb", [head, "\n".join(calls)])
    page = lab.open(browser, "every_explorer.ipynb")
    run_cell(page, 0)
    run_cell(page, 1)
    page.locator(".lfe-status", has_text=" ").nth(len(calls) - 1).wait_for(timeout=60_000)
    yield page
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_explorer(page, theme):
    assert page.locator(".lfe").count() == len(widgets.__all__)
    page.evaluate(f"document.body.dataset.jpThemeLight = '{str(theme == 'light').lower()}'")
    result = Axe().run(page, context=".lfe", options={"resultTypes": ["violations"]})
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert result.violations_count == 0, result.generate_report()
    assert page.errors == []
