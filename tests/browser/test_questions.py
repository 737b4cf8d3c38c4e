"""What an explorer asks of Python, and when: newest wins, nothing is replayed.

The page has a stand-in for Python that only writes down what it is told.
"""

import pytest
from browser.explorers import TWO_FRAMES, OnPage
from playwright.sync_api import expect

from course_lib import ellipse
from course_lib.widgets import Descent2D, exported
from course_lib.widgets.explorer import module_source, positions

pytestmark = pytest.mark.browser

PYTHON = """(bundle) => {
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const opened = (packet) => {
        for (const table of Object.values(packet.tables)) {
            table.data = new DataView(bytes(table.data).buffer);
        }
        return packet;
    };
    const values = { scene: bundle.scene, plane: opened(bundle.plane), ...bundle.settings };
    const heard = {};
    let view;
    window.told = [];
    const model = {
        get: (name) => values[name],
        set: (name, value) => {
            values[name] = value;
            heard[`change:${name}`].forEach((react) => react());
        },
        on: (event, react) => (heard[event] ??= []).push(react),
        send: (message) => {
            view = message.view;
            window.told.push(message.ask ? message.number : message);
        },
        save_changes: () => window.told.push("traits"),
    };
    window.answer = (packet) => model.set("run", { ...opened(packet), view });
    window.show = () => void explorer.render({ model, el: document.body });
    show();
}"""
FIRE = """(input, [events, position]) => {
    if (position !== null) input.value = position;
    for (const name of events) input.dispatchEvent(new Event(name, { bubbles: true }));
}"""
STARTS = Descent2D(ellipse)._controls["start_x"]["values"]


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.add_script_tag(content=module_source().replace("export default", "const explorer ="))
    fresh = Descent2D(ellipse)
    bundle = exported.bundle(fresh, positions)
    page.evaluate(PYTHON, bundle | {"scene": fresh.scene})
    yield page
    page.close()


def fire(page, *events, position=None, which=0):
    page.get_by_label("Start x").nth(which).evaluate(FIRE, [events, position])


def told(page):
    """What Python was told since it was asked last."""
    return page.evaluate("told.splice(0)")


def answer(page, number, position):
    """Python's answer to a question; returns the sentence that belongs to it."""
    fresh = Descent2D(ellipse, start_x=STARTS[position])
    packet = fresh._run_at(fresh.settings)
    packet |= {"tables": exported.tables(packet), "number": number}
    page.evaluate("(packet) => answer(packet)", packet)
    return page.evaluate(TWO_FRAMES)


def test_two_questions_are_on_their_way_and_only_the_newest_waits(page):
    for position in range(6):
        fire(page, "input", position=position)
    assert told(page) == [1, 2]
    answer(page, 1, 0)
    assert told(page) == [3]
    answer(page, 2, 1)
    assert told(page) == []


def test_what_was_asked_before_the_hand_let_go_is_not_shown_after(page):
    shown = OnPage(page, "Descent on x² + 2y²")
    for position in range(6):
        fire(page, "input", position=position)
    fire(page, "change")
    assert told(page) == [1, 2, 3, "traits"]  # the run that is to be seen, before the plane
    before = shown.pictures()
    for number in (1, 2):
        answer(page, number, number - 1)
        assert shown.pictures() == before
    answer(page, 3, 5)
    assert shown.pictures() != before


def test_a_key_that_is_held_lets_go_once(page):
    for position in range(4):
        fire(page, "keydown", "input", "change", position=position)
    assert told(page) == [1, 2]
    fire(page, "keyup")
    assert told(page) == [3, "traits"]


def test_a_finger_that_scrolls_the_page_moves_no_slider(page):
    slider = page.get_by_label("Start x")
    before = slider.input_value()
    fire(page, "pointerdown")
    fire(page, "input", position=3)
    fire(page, "pointercancel")
    page.evaluate(TWO_FRAMES)
    assert slider.input_value() == before
    assert told(page)[-1] == "traits"


def test_a_question_that_is_lost_silences_nothing(page):
    page.clock.install()
    for position in range(4):
        fire(page, "input", position=position)
    assert told(page) == [1, 2]
    page.clock.run_for(5000)
    fire(page, "input", position=4)
    assert told(page) == [3]


def test_two_views_of_one_explorer_count_their_own_questions(page):
    page.evaluate("show()")
    shown = [OnPage(page, "Descent on x² + 2y²", which) for which in (0, 1)]
    for position in range(5):
        fire(page, "input", position=position)
        answer(page, position + 1, position)
    fire(page, "change")
    assert told(page) == [1, 2, 3, 4, 5, "traits"]
    for position in range(5, 9):
        fire(page, "input", position=position, which=1)
    assert told(page) == [1, 2]
    fire(page, "change", which=1)
    assert told(page) == [3, "traits"]
    before = [view.pictures() for view in shown]
    answer(page, 3, 8)
    for view, picture in zip(shown, before, strict=True):
        view.changed(picture)
    expect(shown[0].status).to_have_text(shown[1].status.inner_text())
