"""Every explorer in JupyterLab: by the rules of axe-core, by keyboard alone, without motion."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.explorers import run_cell, write_notebook
from playwright.sync_api import expect

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


CONTROLS = ":is(input, select, button):enabled:visible"
KINDS = "cells => cells.map(cell => [...cell.classList].filter(name => /Cell$/.test(name)))"
HAS_FOCUS = "node => node === document.activeElement"


def test_tab_walks_through_every_control_and_out_again(page):
    for root in page.locator(".lfe").all():
        controls = root.locator(CONTROLS)
        controls.first.focus()
        for control in controls.all():
            assert control.evaluate(HAS_FOCUS), control
            page.keyboard.press("Tab")
        assert not root.evaluate("node => node.contains(document.activeElement)")


def test_a_menu_and_playback_work_by_keyboard(page):
    race = page.get_by_role("group", name="Descent on x² + 2y²")
    race.get_by_label("Optimizer").focus()
    page.keyboard.press("N")
    expect(race.get_by_label("Optimizer")).to_have_value("nesterov")
    for root in page.locator(".lfe").filter(has=page.locator(".lfe-moving")).all():
        button = root.locator(".lfe-moving")
        label = button.get_attribute("aria-label").removeprefix("Play: ")
        root.get_by_label(label, exact=True).focus()
        page.keyboard.press("Home")
        page.keyboard.press("Tab")
        for word in ("Pause", "Play"):
            page.keyboard.press("Enter")
            expect(button).to_have_accessible_name(f"{word}: {label}")


def test_no_key_on_any_control_reaches_the_notebook(page):
    cells = page.locator(".jp-Cell")
    before = cells.evaluate_all(KINDS)
    for control in page.locator(f".lfe {CONTROLS}").element_handles():
        if not (control.is_visible() and control.is_enabled()):
            continue  # a letter has chosen another option of a menu
        control.focus()
        for key in ("a", "b", "d", "d", "x", "m", "r", "1", "ArrowUp", "ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
        assert control.evaluate(HAS_FOCUS)
    page.wait_for_timeout(300)
    assert cells.evaluate_all(KINDS) == before
    assert page.errors == []


def test_who_wants_no_motion_is_offered_steps_only(page):
    plays = page.get_by_role("button", name=re.compile("^Play: "))
    there = plays.count()
    assert there > 1
    page.emulate_media(reduced_motion="reduce")
    steps = page.get_by_role("button", name=re.compile("^Step: "))
    expect(plays).to_have_count(0)
    expect(steps).to_have_count(there)
    page.emulate_media(reduced_motion="no-preference")
    expect(plays).to_have_count(there)
