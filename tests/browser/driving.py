"""Every control of an explorer moved from end to end, its sentence held to Python's."""

import re

from playwright.sync_api import expect

PATIENCE = 10_000  # ms; a busy kernel takes a while


def drive(shown, fresh):
    """Move every slider by keyboard, go through every menu, drag every handle.

    ``fresh`` is the same explorer, made here. After each move the page must say what it says, and
    each control must change the picture. Sliders that a menu wakes are moved once they are awake.
    """
    moved = []

    def move_new_sliders():
        for label in labels(shown, "slider"):
            if label not in moved:
                move_slider(shown, fresh, label)
                moved.append(label)

    move_new_sliders()
    for label in labels(shown, "combobox"):
        seen = set()
        for option in control(fresh, label)["options"]:
            before = shown.pictures()
            shown.control(label).select_option(option)
            agrees(shown, fresh, label)
            seen.add("".join(next_pictures(shown, before)))
            move_new_sliders()
        assert len(seen) > 1 or len(control(fresh, label)["options"]) == 1, stays(label)
        moved.append(label)
    for number in range(shown.root.locator(".lfe-knob").count()):
        drag_handle(shown, fresh, number)
    left = {one["label"] for one in fresh.scene["controls"]} - set(moved)
    assert not left, f"controls that can never be moved: {left}"


def labels(shown, role):
    """The visible labels of the sliders or menus that can be moved now."""
    found = shown.root.get_by_role(role).all()
    names = "node => [...node.labels].map((label) => label.textContent).join()"
    return [one.evaluate(names) for one in found if one.is_enabled()]


def control(fresh, label):
    return next(one for one in fresh.scene["controls"] if one["label"] == label)


def stays(label):
    return f"{label}: the picture stays as it is"


def move_slider(shown, fresh, label):
    n, seen = len(control(fresh, label)["values"]), set()
    back = ["ArrowLeft"] * (n // 2) if n <= 12 else ["PageDown"] * 3
    for keys in (["Home"], ["End"], back, ["ArrowLeft"]):
        before = shown.pictures()
        shown.press(label, *keys)
        agrees(shown, fresh, label)
        seen.add("".join(next_pictures(shown, before)))
    assert len(seen) >= min(3, n), stays(label)


def next_pictures(shown, before):
    """The pictures after a move: Python's may come later than a sentence that stays the same."""
    for _ in range(10):
        if (now := shown.pictures()) != before:
            break
        shown.page.wait_for_timeout(100)
    return now


def drag_handle(shown, fresh, number):
    """A handle on the picture moves sliders, whose names its panel tells."""
    before = shown.pictures()
    with shown.holding_knob(number) as drag:
        drag(-40, -20)
    knobs = [panel["knob"] for panel in fresh.scene["panels"] if "knob" in panel]
    names = knobs[number].values()
    agrees(shown, fresh, *[c["label"] for c in fresh.scene["controls"] if c["name"] in names])
    assert next_pictures(shown, before) != before, "the picture stays: a handle is dragged in vain"


def agrees(shown, fresh, *moved):
    """Wait until the page says what Python says after the same move."""
    for label in moved:
        one, at = control(fresh, label), shown.control(label).input_value()
        setattr(fresh, one["name"], one["values"][int(at)] if one["kind"] == "slider" else at)
    said = " ".join(fresh.status.split())
    expect(shown.status, f"after {', '.join(moved)} moved").to_have_text(said, timeout=PATIENCE)


def run_all(page, seconds=120):
    """Run every cell and wait for the last."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    numbered = page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")
    expect(numbered).to_have_text(re.compile(r"\[\d+\]"), timeout=1000 * seconds)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=1000 * seconds)


def nothing_went_wrong(page):
    """No error in page or kernel, none in an output, no warning, no broken widget."""
    assert not page.errors, page.errors
    assert not page.kernel_errors, page.kernel_errors
    for kind in ("stderr", "error"):
        wrong = page.locator(f".jp-OutputArea-output[data-mime-type*={kind}]").all_inner_texts()
        assert not wrong, wrong
    assert not page.get_by_text("Error displaying widget").count(), "a widget is not displayed"
