"""An explorer on a page, as its reader has it: sliders, pictures and a sentence."""

import re
from contextlib import contextmanager

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

PIXELS = "canvas => canvas.toDataURL()"
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class OnPage:
    """One explorer of a page, found by its title."""

    def __init__(self, page, title, which=0):
        self.page = page
        self.root = page.get_by_role("group", name=title, exact=True).nth(which)
        self.status = self.root.locator(".lfe-status")
        self.spoken = self.root.locator("p[role=status]")

    def wait(self):
        """Until the first picture is there."""
        self.status.filter(has_text=re.compile(r"\S")).wait_for(timeout=30_000)
        self.root.scroll_into_view_if_needed()
        return self

    def pictures(self):
        """The pixels of each panel, once the browser has painted."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return [canvas.evaluate(PIXELS) for canvas in self.root.locator("canvas").all()]

    def changed(self, before, seconds=10):
        """The pictures as soon as they differ from those before; a busy kernel takes a while."""
        for _ in range(20 * seconds):
            if (now := self.pictures()) != before:
                return now
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the picture stays as it was: {self.status.inner_text()}")

    def control(self, label):
        """A slider or menu, by its visible label."""
        return self.root.get_by_label(label, exact=True)

    def value(self, label):
        """What a slider says to a screen reader."""
        return self.control(label).get_attribute("aria-valuetext")

    def press(self, label, *keys):
        """Move a slider by keyboard."""
        self.control(label).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def drag(self, label, start, end):
        """Move a slider by hand, from one part of its track (0 to 1) to another."""
        self.control(label).scroll_into_view_if_needed()
        box = self.control(label).bounding_box()
        height = box["y"] + 12
        self.page.mouse.move(box["x"] + 8 + start * (box["width"] - 16), height)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 8 + end * (box["width"] - 16), height, steps=8)
        self.page.mouse.up()

    @contextmanager
    def holding_knob(self, which=0):
        """Hold a handle on a picture; yields a function that drags it by so many pixels."""
        knob = self.root.locator(".lfe-knob").nth(which)
        knob.scroll_into_view_if_needed()
        box = knob.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        yield lambda dx, dy: self.page.mouse.move(x + dx, y + dy, steps=8)
        self.page.mouse.up()


def write_notebook(path, sources):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(notebook, path)


def run_cell(page, number):
    """Run one cell and wait until the kernel is done with it."""
    cell = page.locator(".jp-CodeCell").nth(number)
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    return cell


def settings_of(shown, explorer):
    """What the page's controls say, under the names Python has for them."""
    settings = {}
    for control in explorer.scene["controls"]:
        if control["kind"] == "choice":
            settings[control["name"]] = shown.control(control["label"]).input_value()
        else:
            position = int(shown.control(control["label"]).input_value())
            settings[control["name"]] = control["values"][position]
    return settings


def agrees(shown, make):
    """Wait until the page's sentence is what Python says of the same settings."""
    wanted = make(**settings_of(shown, make())).status
    whole = re.compile(f"^{re.escape(wanted)}$")
    shown.status.filter(has_text=whole).wait_for(timeout=20_000)


def sliders(make):
    return [c["label"] for c in make().scene["controls"] if c["kind"] == "slider"]


def every_slider_moves(shown, make):
    """Each slider from end to end: the sentence is Python's, and the picture changes."""
    for label in sliders(make):
        seen = []
        for keys in (["Home"], ["End"], ["PageDown"] * 3, ["ArrowLeft"]):
            shown.press(label, *keys)
            agrees(shown, make)
            seen.append("".join(shown.pictures()))
        assert len(set(seen)) >= 3, label
