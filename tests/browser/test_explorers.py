"""Explorers in a real JupyterLab: each slider by hand, the start dragged, the picture following."""

import pytest
from browser.explorers import OnPage, agrees, run_cell, sliders, write_notebook
from playwright.sync_api import expect

from course_lib import ellipse, quartic, wavy_bowl
from course_lib.widgets import Descent1D, Descent2D, StabilityLimit

pytestmark = pytest.mark.browser

CELLS = [
    "from course_lib import ellipse, quartic, wavy_bowl\n"
    "from course_lib.widgets import Descent1D, Descent2D, StabilityLimit\n"
    "one = Descent1D(quartic)\none",
    "two = Descent2D(ellipse)\ntwo",
    "limit = StabilityLimit(wavy_bowl)\nlimit",
    "print(one.status, two.status, limit.status, sep='\\n')",
    "one.learning_rate = 0.0123\none.start = 2.5",
]
EXPLORERS = {  # the title on the page, and how to make the same explorer here
    "Gradient descent on w⁴ − 3w³ + 2w² + w": lambda **settings: Descent1D(quartic, **settings),
    "Descent on x² + 2y²": lambda **settings: Descent2D(ellipse, **settings),
    "Where gradient descent on w² + 0.5 sin 4w ends up": lambda **settings: StabilityLimit(
        wavy_bowl, **settings
    ),
}
ONE, TWO, LIMIT = EXPLORERS


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with all explorers, run."""
    write_notebook(lab.folder / "explorers.ipynb", CELLS)
    page = lab.open(browser, "explorers.ipynb")
    for number in range(3):
        run_cell(page, number)
    yield page
    page.context.close()


@pytest.mark.parametrize("title", EXPLORERS)
def test_every_slider_moves_the_picture_by_hand(page, title):
    shown, make = OnPage(page, title).wait(), EXPLORERS[title]
    for label in sliders(make):
        shown.drag(label, 0, 0.3)
        agrees(shown, make)
        before = shown.pictures()
        shown.drag(label, 0.3, 0.62)
        agrees(shown, make)
        shown.changed(before)
    assert page.errors == []


@pytest.mark.parametrize("title", EXPLORERS)
def test_the_picture_follows_the_start_while_it_is_dragged(page, title):
    shown, make = OnPage(page, title).wait(), EXPLORERS[title]
    shown.press("Learning rate", "Home")
    before = shown.pictures(), shown.value(sliders(make)[-1])
    with shown.holding_knob() as drag:
        drag(-45, 30)
        shown.changed(before[0])
        shown.until(lambda: shown.value(sliders(make)[-1]) != before[1])
        agrees(shown, make)
    agrees(shown, make)
    assert page.errors == []


def test_the_learning_rate_can_be_dragged_on_the_picture_of_all_rates(page):
    shown = OnPage(page, LIMIT).wait()
    shown.press("Learning rate", "Home")
    with shown.holding_knob(which=1) as drag:
        drag(120, 0)
    shown.until(lambda: 0.3 < float(shown.value("Learning rate")) < 0.6)
    agrees(shown, EXPLORERS[LIMIT])


def test_the_optimizer_is_a_menu_and_momentum_rests_without_it(page):
    shown = OnPage(page, TWO).wait()
    pictures = set()
    for option in ("sgd", "momentum", "ema", "nesterov", "rmsprop", "adam"):
        shown.control("Optimizer").select_option(option)
        agrees(shown, EXPLORERS[TWO])
        pictures.add(shown.pictures()[0])
        rests = option in ("sgd", "rmsprop", "adam")
        expect(shown.control("Momentum")).to_be_enabled(enabled=not rests)
    assert len(pictures) == 6
    shown.control("Optimizer").select_option("sgd")
    shown.root.get_by_text("This optimizer has no momentum to set.").wait_for()


def test_python_follows_when_the_hand_lets_go(page):
    for title, make in EXPLORERS.items():
        shown = OnPage(page, title).wait()
        shown.press("Learning rate", "Home", "PageUp")
        shown.press(sliders(make)[-1], "Home", "PageUp", "ArrowRight")
        agrees(shown, make)
    said = [OnPage(page, title).status.inner_text() for title in EXPLORERS]
    cell = run_cell(page, 3)
    assert cell.locator(".jp-OutputArea-output pre").inner_text().splitlines() == said


def test_the_picture_follows_python_even_between_two_positions(page):
    before = OnPage(page, ONE).wait().pictures()
    run_cell(page, 4)
    shown = OnPage(page, ONE).wait()
    shown.status.filter(has_text="Learning rate 0.0123 from start 2.5: ").wait_for()
    assert shown.status.inner_text() == Descent1D(quartic, learning_rate=0.0123, start=2.5).status
    shown.says("Learning rate", "0.0123")
    shown.changed(before)
    shown.press("Learning rate", "ArrowRight")
    agrees(shown, EXPLORERS[ONE])
    assert page.errors == []


def test_no_key_reaches_the_notebook(page):
    shown = OnPage(page, ONE).wait()
    cells = page.locator(".jp-Cell").count()
    shown.press("Learning rate", "a", "b", "ArrowUp", "ArrowDown", "d", "d", "m", "1")
    page.wait_for_timeout(300)
    assert page.locator(".jp-Cell").count() == cells
    assert shown.control("Learning rate").evaluate("node => node === document.activeElement")


def test_everything_has_a_name_and_the_sentence_is_spoken_after_a_pause(page):
    for title, make in EXPLORERS.items():
        shown = OnPage(page, title).wait()
        shown.press("Learning rate", "ArrowRight")
        agrees(shown, make)
        sentence = shown.status.inner_text()
        shown.spoken.filter(has_text=sentence).wait_for(timeout=5_000)
        for label in sliders(make):
            assert shown.root.get_by_role("slider", name=label, exact=True).count() == 1
        panels = make().scene["panels"]
        for panel in panels:
            name = f"{panel['title']}. {sentence}"
            assert shown.root.get_by_role("img", name=name, exact=True).count() == 1
    ids = page.eval_on_selector_all(".lfe [id]", "nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids)) > 15


def test_both_themes_and_narrow_windows(page, artifacts):
    for name, title in zip(("1d", "2d", "limit"), EXPLORERS, strict=True):
        shown = OnPage(page, title).wait()
        light = shown.pictures()
        shown.root.screenshot(path=artifacts / f"explorer-{name}-light.png")
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        shown.changed(light)
        shown.root.screenshot(path=artifacts / f"explorer-{name}-dark.png")
        page.evaluate("document.body.dataset.jpThemeLight = 'true'")
        shown.until(lambda light=light, shown=shown: shown.pictures() == light)
    page.set_viewport_size({"width": 760, "height": 900})
    shown = OnPage(page, TWO).wait()
    left, right = (canvas.bounding_box() for canvas in shown.root.locator("canvas").all())
    assert right["y"] > left["y"]
    shown.root.screenshot(path=artifacts / "explorer-2d-narrow.png")
    page.set_viewport_size({"width": 1280, "height": 900})


def check_that_each_is_alive(page):
    for title, make in EXPLORERS.items():
        shown = OnPage(page, title).wait()
        assert page.get_by_role("group", name=title, exact=True).count() == 1
        before = shown.pictures()
        shown.press("Learning rate", "Home", "PageUp")
        agrees(shown, make)
        shown.changed(before)
    assert page.errors == []


def test_running_again_leaves_one_live_explorer_each(page):
    for number in range(3):
        run_cell(page, number)
    check_that_each_is_alive(page)


def test_restarting_and_running_all_leaves_one_live_explorer_each(page):
    for _ in range(2):
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        page.wait_for_timeout(2000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        check_that_each_is_alive(page)


def test_a_notebook_opened_again_shows_the_pictures_until_it_is_run(browser, lab):
    code = "from course_lib import quartic, widgets\nwidgets.Descent1D(quartic)"
    write_notebook(lab.folder / "again.ipynb", [code])
    page = lab.open(browser, "again.ipynb")
    run_cell(page, 0)
    OnPage(page, "Gradient descent on w⁴ − 3w³ + 2w² + w").wait()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)
    page.context.close()
    page = lab.open(browser, "again.ipynb")
    page.locator(".jp-OutputArea img").wait_for(timeout=30_000)
    assert page.get_by_text("Error displaying widget").count() == 0
    page.context.close()
