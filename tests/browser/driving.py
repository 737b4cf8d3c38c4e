"""Every control of an explorer moved from end to end, its sentence held to Python's."""

import re

from browser.explorers import agrees
from playwright.sync_api import expect


def drive(shown, fresh, scene=None):
    """Move every slider by keyboard, go through every menu, drag every handle.

    ``fresh`` is the same explorer, made here; ``scene`` what a page without Python shows of it.
    After each move the page must say what Python says, and each control must change the picture.
    Sliders that a menu wakes are moved once they are awake.
    """
    scene = scene or fresh.scene
    left = {one["label"]: one for one in scene["controls"] if not one.get("asleep")}

    def move_new_sliders():
        for label, control in list(left.items()):
            if control["kind"] == "slider" and shown.control(label).is_enabled():
                move_slider(shown, fresh, scene, control)
                del left[label]

    agrees(shown, fresh, scene)
    move_new_sliders()
    for label, control in list(left.items()):
        if control["kind"] == "choice":
            seen = set()
            for option in control["options"]:
                before = shown.pictures()
                shown.control(label).select_option(option)
                seen.add(after_move(shown, fresh, scene, label, before))
                move_new_sliders()
            assert len(seen) > 1 or len(control["options"]) == 1, stays(label)
            del left[label]
    for number in range(shown.root.locator(".lfe-knob").count()):
        before = shown.pictures()
        with shown.holding_knob(number) as drag:
            drag(-40, -20)
        after = after_move(shown, fresh, scene, "a handle", before)
        assert after != "".join(before), stays("a handle")
    left = [label for label, control in left.items() if not rests(control, fresh, scene)]
    assert not left, f"controls that can never be moved: {left}"


def move_slider(shown, fresh, scene, control):
    label, n, seen = control["label"], len(control["values"]), set()
    back = ["ArrowLeft"] * (n // 2) if n <= 12 else ["PageDown"] * 3
    for keys in (["Home"], ["End"], back, ["ArrowLeft"]):
        before = shown.pictures()
        shown.press(label, *keys)
        seen.add(after_move(shown, fresh, scene, label, before))
    assert len(seen) >= min(3, n), stays(label)


def after_move(shown, fresh, scene, label, before):
    """The pictures once the page agrees with Python.

    Where Python draws, they may come later than a sentence that stays the same.
    """
    agrees(shown, fresh, scene, f"after {label} moved")
    for _ in range(50 if scene is fresh.scene else 1):
        if (now := shown.pictures()) != before:
            break
        shown.page.wait_for_timeout(100)
    return "".join(now)


def rests(control, fresh, scene):
    """Whether a menu that sleeps leaves a control nothing to do."""
    without = control.get("without", {})
    asleep = [one["name"] for one in scene["controls"] if one.get("asleep")]
    values = without.get("value", [])
    values = values if isinstance(values, list) else [values]
    return without.get("setting") in asleep and fresh.settings[without["setting"]] in values


def stays(label):
    return f"{label}: the picture stays as it is"


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
