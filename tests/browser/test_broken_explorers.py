"""Explorers that are broken on purpose: whoever drives them finds out."""

import pytest
from browser import explorers
from browser.driving import drive, nothing_went_wrong
from browser.explorers import OnPage, run_cell, write_notebook

from course_lib import ellipse
from course_lib.widgets import Descent2D

pytestmark = pytest.mark.browser

TITLE = "Descent on x² + 2y²"
IMPORTS = (
    "import numpy as np\nfrom course_lib import ellipse\nfrom course_lib.widgets import Descent2D"
)
SCRIPTS = {  # a line of the kit, what stands there instead, and what is noticed
    "a slider that does nothing": ("Object.assign(settings, changes);", "", "stays"),
    "a picture that stays": (
        "figures.forEach((figure) => figure.draw(packet, frame));",
        "",
        "stays",
    ),
    "another sentence": (
        "status.textContent = sentence;",
        "status.textContent = 'Good.';",
        "the page says",
    ),
    "a layer that throws": (
        "\n  pen.fillStyle = surface.color(color);",
        "throw Error('broken');",
        "broken",
    ),
}
COMPUTES = {  # the body of a compute
    "wrong numbers on the plane": (
        "arrays['steps'] = arrays['steps'] + 1.0 * (np.size(arrays['steps']) > 1)",
        "the page says",
    ),
    "a compute that raises for some starts": (
        "if settings['start_x'] < 0: raise ValueError('no')",
        "ValueError",
    ),
    "a compute that raises at once": ("raise ValueError('no')", "ValueError"),
}


def broken_script(spoil, instead):
    assert Descent2D._esm.count(spoil) >= 1
    return (
        "class Broken(Descent2D):\n"
        f"    _esm = Descent2D._esm.replace({spoil!r}, {instead!r})\n\n"
        "Broken(ellipse)"
    )


def broken_compute(line):
    return (
        "class Broken(Descent2D):\n"
        "    def compute(self, subject, **settings):\n"
        "        arrays = super().compute(subject, **settings)\n"
        f"        {line}\n"
        "        return arrays\n\n"
        "Broken(ellipse)"
    )


CELLS = {name: broken_script(*lines[:2]) for name, lines in SCRIPTS.items()}
CELLS |= {name: broken_compute(lines[0]) for name, lines in COMPUTES.items()}
NOTICED = {name: lines[-1] for name, lines in (SCRIPTS | COMPUTES).items()}


@pytest.fixture(scope="module")
def page(browser, lab):
    write_notebook(lab.folder / "broken.ipynb", [IMPORTS, "Descent2D(ellipse)", *CELLS.values()])
    page = lab.open(browser, "broken.ipynb")
    run_cell(page, 0)
    yield page
    page.context.close()


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    monkeypatch.setattr(explorers, "PATIENCE", 3)


def complaints(page, number):
    """Run a cell, put its explorer through what every chapter is put through; what is said."""
    page.errors.clear()
    page.kernel_errors.clear()
    cell = run_cell(page, number)
    said = []
    for look in (drive_explorer, nothing_went_wrong):
        try:
            look(cell if look is drive_explorer else page)
        except AssertionError as problem:
            said.append(str(problem))
    return said


def drive_explorer(cell):
    shown = OnPage(cell.page, TITLE)
    shown.root = cell.get_by_role("group", name=TITLE)
    shown.status = shown.root.locator(".lfe-status")
    cell.locator(".lfe-status, [data-mime-type*=stderr]").first.wait_for()
    if shown.root.count():
        drive(shown.wait(), Descent2D(ellipse))


def test_the_whole_explorer_passes(page):
    assert complaints(page, 1) == []


@pytest.mark.parametrize("name", CELLS)
def test_a_broken_explorer_is_noticed(page, name):
    said = complaints(page, 2 + list(CELLS).index(name))
    assert any(NOTICED[name] in one for one in said), said
