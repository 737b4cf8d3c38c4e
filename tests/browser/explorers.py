"""An explorer on a page, as its reader has it: sliders, pictures and a sentence."""

import re
import time
from contextlib import contextmanager

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from course_lib.widgets.explorer import Explorer

TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A number that stands for the pixels of a canvas (FNV-1a): quicker than its picture as text.
PIXELS = """canvas => {
  const { width, height } = canvas;
  if (!width || !height) return "nothing";
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let hash = 0x811c9dc5;
  for (const four of new Uint32Array(data.buffer)) hash = Math.imul(hash ^ four, 0x01000193);
  return `${width}×${height}: ${hash}`;
}"""


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
        self.page.evaluate(TWO_FRAMES)
        return self.root.locator("canvas").evaluate_all(f"all => all.map({PIXELS})")

    def changed(self, before):
        """The pictures as soon as they differ from those before."""

        def new():
            return (now := self.pictures()) != before and now

        return self.until(new, "the picture stays as it was")

    def until(self, holds, otherwise="it does not come to hold"):
        """Wait until something holds, and return it: hand and Python take a moment to show."""
        for _ in range(200):
            if found := holds():
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{otherwise}: {self.status.inner_text()}")

    def says(self, label, value):
        """Wait until a slider says this to a screen reader."""
        expect(self.control(label)).to_have_attribute("aria-valuetext", value, timeout=10_000)

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
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before, timeout=60_000)  # [*], or already the next number
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    return cell


def sliders(make):
    return [c["label"] for c in make().scene["controls"] if c["kind"] == "slider"]


PATIENCE = 20  # seconds; a busy kernel takes a while
READ = """root => [
    root.querySelector(".lfe-status").textContent,
    [...root.querySelectorAll(".lfe-control")]
        .map((control) => control.querySelector("input, select").value),
]"""


def agrees(shown, explorer, scene=None, when="now"):
    """Wait until the page's sentence is what Python says of the same settings.

    ``explorer`` is one made here, or makes one; ``scene`` what the page shows of it.
    """
    fresh = explorer if isinstance(explorer, Explorer) else explorer()
    end = time.monotonic() + PATIENCE
    while True:
        shown.page.evaluate(TWO_FRAMES)  # once a move is painted, the sentence is there
        said, values = shown.root.evaluate(READ)
        for control, value in zip((scene or fresh.scene)["controls"], values, strict=True):
            slider = control["kind"] == "slider"
            setattr(fresh, control["name"], control["values"][int(value)] if slider else value)
        if said == fresh.status:
            return
        assert time.monotonic() < end, f"{when} the page says {said!r}, Python {fresh.status!r}"
