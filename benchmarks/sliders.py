"""Measure the sliders in JupyterLab, print the table, write ``benchmarks/sliders.json``.

    python -m benchmarks.sliders

One headless Chromium shows first what everyone uses, ``interact`` with inline matplotlib, then
every explorer of the course, in JupyterLab and in a page without Python. The hand is the same for
all: events of the slider itself, one at a time for the latency (until other pixels are on their
way to the screen), one in every frame for the race. A quiet machine is needed: times are
wall-clock times, and the load goes into the file.
"""

import os

for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import argparse  # noqa: E402
import datetime  # noqa: E402
import json  # noqa: E402
import math  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from importlib import metadata  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from browser.explorers import run_cell, write_notebook  # noqa: E402
from browser.jupyterlab import CHROMIUM_FLAGS, chromium, serving  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from website.explorers import explorer as on_page  # noqa: E402

import course_lib  # noqa: E402
from benchmarks.clock import machine  # noqa: E402
from course_lib import widgets  # noqa: E402
from course_lib.widgets import exported, tables  # noqa: E402
from course_lib.widgets.explorer import module_source, positions  # noqa: E402

RESULTS = Path(__file__).parent / "sliders.json"
PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
MOVES, FAST = 40, 120
OURS, THEIRS = ("input[type=range]:enabled", 0), (".noUi-handle", 0)
IMPORTS = "from course_lib import *\nfrom course_lib.widgets import *\nimport course_lib.plots"
INTERACT = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from course_lib import SGD, minimize, ravine

hill = ravine(10)
x, y = np.meshgrid(np.linspace(-3, 3, 81), np.linspace(-3, 3, 81))
height = x**2 + 10 * y**2

@interact(rate=FloatSlider(value=0.001, min=0.001, max=0.121, step=0.001, readout_format=".3f"))
def show(rate):
    run = minimize(hill, hill.start, SGD(rate, momentum=0.8), 100)
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 4), dpi=100)
    left.contour(x, y, height, levels=12)
    left.plot(*run.params.T, "o-")
    left.set(xlim=(-3, 3), ylim=(-3, 3))
    right.semilogy(run.loss)
    plt.show()
"""
OWN = """
def step(theta, velocity, grad, lr, beta):
    slope = grad(theta)
    return [w - lr * float(g) for w, g in zip(theta, slope)], velocity

Descent2D(ravine(10), step=step)
"""
EXPLORERS = [  # the first slider of each is measured
    "Descent1D(x_squared)",
    "Descent2D(ravine(10))",
    "StabilityLimit(wavy_bowl)",
    "LossLandscape()",
    "MomentumMap(ravine(10))",
    "MomentumForms()",
    "OptimizerRace(rosenbrock)",
    "ProbabilityLoss()",
    "ScheduleExplorer()",
    'LearningRateFinder(mlp([64, 32, 10], ["relu", "softmax"]), digits()[0])',
    "BatchNoise()",
    'TrainNetwork(xor(), mlp([2, 4, 1], ["relu", "sigmoid"]))',
    "GradientFlow()",
    "NumericalError()",
    'ComputationGraph(mlp([2, 1], ["sigmoid"]), [0.5, -0.3, 0.2], [0.7, 0.3], [1.0])',
    "WorkedExample()",
    "Patience()",
]
SCOPE = {**vars(course_lib), **vars(widgets)}
ASKED = {  # what only Python knows, and the slider that asks it
    "a start point": ("Descent2D(ravine(10))", 2),
    "a step of one's own": (OWN, 0),
}


class Measured:
    """A notebook in JupyterLab whose cells are measured one after the other."""

    def __init__(self, browser, lab, name, sources):
        write_notebook(lab.folder / f"{name}.ipynb", sources)
        self.page = lab.open(browser, f"{name}.ipynb")
        self.page.evaluate(PROBE)
        self.page.evaluate(
            "addEventListener('keydown', () => (window.ran = performance.now()), true)"
        )

    def run(self, number):
        """Run a cell and return its element."""
        cell = run_cell(self.page, number)
        self.page.wait_for_timeout(1000)
        return cell.element_handle()

    def first_picture(self, number):
        """Milliseconds from starting a cell to an explorer's picture."""
        cell = self.page.locator(".jp-CodeCell").nth(number)
        cell.locator(".jp-InputArea-editor").click()
        self.page.keyboard.press("Control+Enter")
        return self.page.evaluate("(cell) => probe.first(cell)", cell.element_handle())

    def restart(self):
        """A fresh kernel, with the library imported."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_text("Restart Kernel and Clear Outputs of All Cells…", exact=True).click()
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self.page.wait_for_timeout(1500)
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        self.run(0)

    def settled(self, seconds=3):
        """Wait until the kernel has had nothing to do for so long: all pieces are there."""
        quiet = 0
        while quiet < 10 * seconds:
            idle = self.page.get_by_text("Python 3 (ipykernel) | Idle").count()
            quiet = quiet + 1 if idle else 0
            self.page.wait_for_timeout(100)


def follow(page, root, slider=OURS, moves=MOVES, rest=300):
    """How a picture follows a slider, at leisure and in a race."""
    hand = root.query_selector_all(slider[0])[slider[1]]
    hand.scroll_into_view_if_needed()
    times = page.evaluate("([root, s, n]) => probe.latency(root, s, n)", [root, hand, moves])
    fast = page.evaluate(
        "([root, s, n, rest]) => probe.race(root, s, n, rest)", [root, hand, FAST, rest]
    )
    p50, p95 = np.percentile(times, [50, 95])
    found = {"p50_ms": p50, "p95_ms": p95, "moves": len(times), "painted": fast["pictures"]}
    return found | {"lag_ms": fast["lag"], "late": fast["late"]}


def changing(page, root):
    """How many of the moves of the race change the picture at all."""
    hand = root.query_selector(OURS[0])
    return page.evaluate("([root, s, n]) => probe.changes(root, s, n)", [root, hand, FAST])


def of_interact(browser, lab):
    """What everyone uses."""
    notebook = Measured(browser, lab, "interact", [INTERACT])
    found = follow(notebook.page, notebook.run(0), THEIRS, rest=2500)
    return {"name": "interact, inline matplotlib"} | found


def of_explorers(browser, lab, names):
    """Each explorer from its first picture, in a fresh kernel, to its fastest moves."""
    notebook = Measured(browser, lab, "explorers", [IMPORTS, *names])
    for number, source in enumerate(names, start=1):
        notebook.restart()
        first = notebook.first_picture(number)
        notebook.settled()
        cell = notebook.page.locator(".jp-CodeCell").nth(number).element_handle()
        found = follow(notebook.page, cell) | {"changing": changing(notebook.page, cell)}
        yield {"name": source.split("(")[0], "first_picture_ms": first} | found


def of_pages(browser, names, folder):
    """The same in pages without Python, opened by double click; the whole page is the start."""
    live = (ROOT / "tools" / "website" / "live.js").read_text("utf-8")
    styles = (ROOT / "course_lib" / "widgets" / "style.css").read_text("utf-8")
    for source in names:
        bundle = exported.bundle(eval(source, SCOPE), positions)
        if all(control.get("asleep") for control in bundle["scene"]["controls"]):
            continue
        body, module = on_page(bundle, "<img alt=''>"), f"{module_source()}\n{live}"
        file, page = folder / "page.html", browser.new_page()
        file.write_text(
            f'<!doctype html><meta charset="utf-8"><style>{styles}</style><body>{body}'
            f'<script type="module">{module}</script>',
            "utf-8",
        )
        page.goto(file.as_uri())
        page.locator("html[data-ready]").wait_for()
        page.evaluate(PROBE)
        root = page.query_selector(".lfe")
        found = follow(page, root) | {"changing": changing(page, root)}
        yield {"name": f"{source.split('(')[0]}, in a page"} | found
        page.close()


def of_python(browser, lab):
    """What is asked of the kernel at each move; the newest question wins."""
    sources = [source for source, _ in ASKED.values()]
    notebook = Measured(browser, lab, "asked", [IMPORTS, *sources])
    notebook.run(0)
    for number, (name, (_, slider)) in enumerate(ASKED.items(), start=1):
        cell = notebook.run(number)
        yield {"name": name} | follow(notebook.page, cell, (OURS[0], slider), moves=3 * MOVES)


def of_planes(names):
    """How long a plane takes to compute, how many runs it holds, how many bytes are sent."""
    for source in names:
        explorer = eval(source, SCOPE)
        axes = explorer._spanned()
        n_pieces = len(axes[explorer.pieces]) if explorer.pieces else 1
        repetitions = 1 if explorer.pieces else 5
        seconds = seconds_of(lambda: explorer._packet(axes, explorer.settings), repetitions)  # noqa: B023
        packet = explorer._packet(axes, explorer.settings)
        yield {
            "name": source.split("(")[0],
            "positions": max(
                math.prod(len(axes[name]) for name in table["axes"])
                for table in packet["tables"].values()
            ),
            "pieces": n_pieces,
            "ms_per_piece": 1e3 * seconds / n_pieces,
            "kB": tables.size(packet) / 1e3,
        }


def of_stack():
    """1,000 runs of 100 steps."""
    hill, lr = course_lib.ravine(10), np.tile(np.linspace(0.001, 0.1, 50), 20)[:, None]
    momentum = np.repeat(np.linspace(0, 0.95, 20), 50)[:, None]
    start = np.tile(hill.start, (1000, 1))
    optimizer = course_lib.SGD(lr, momentum=momentum)
    return 1e3 * seconds_of(lambda: course_lib.minimize(hill, start, optimizer, 100))


def seconds_of(work, repetitions=5):
    """The median of its CPU times, after a first call that does not count."""
    work()
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return float(np.median(times))


def measure(names):
    program = chromium()
    if program is None:
        sys.exit("no Chromium or Chrome on this machine; CHROMIUM in the environment names one")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "my").mkdir()
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        with serving(home, home / "my", home / "log") as lab:
            load = os.getloadavg()[0]
            theirs = of_interact(browser, lab)
            ours = list(of_explorers(browser, lab, names))
            asked = list(of_python(browser, lab))
        pages = list(of_pages(browser, names, home))
        versions = {"Chromium": browser.version}
    versions |= {p: metadata.version(p) for p in ("jupyterlab", "ipywidgets", "matplotlib")}
    return {
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "load_at_start": load,
        "versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
        "interact": theirs,
        "explorers": ours,
        "asked_of_python": asked,
        "pages": pages,
        "planes": list(of_planes(names)),
        "thousand_runs_of_100_steps_ms": of_stack(),
    }


def show(results):
    """The table, as Markdown."""
    print(f"{results['machine']}, {results['date']}, load {results['load_at_start']:.1f};")
    print(results["versions"], end="\n\n")
    print(f"| explorer | p50 ms | p95 ms | × interact | painted of {FAST} | lag ms | first ms |")
    print("|---|---|---|---|---|---|---|")
    theirs = results["interact"]
    ours = [*results["explorers"], *results["asked_of_python"], *results["pages"]]
    for one in [theirs, *ours]:
        painted = f"{one['painted']}" + (f"/{one['changing']}" if "changing" in one else "")
        cells = [one["p50_ms"], one["p95_ms"], theirs["p50_ms"] / one["p50_ms"]]
        first = f"{one['first_picture_ms']:.0f}" if "first_picture_ms" in one else ""
        numbers = " | ".join(f"{value:.0f}" for value in cells)
        print(f"| {one['name']} | {numbers} | {painted} | {one['lag_ms']:.0f} | {first} |")
    print("\n| plane | positions | pieces | ms per piece | kB |")
    print("|---|---|---|---|---|")
    for one in results["planes"]:
        numbers = f"{one['ms_per_piece']:.0f} | {one['kB']:.0f}"
        print(f"| {one['name']} | {one['positions']} | {one['pieces']} | {numbers} |")
    print(f"\n1,000 runs of 100 steps: {results['thousand_runs_of_100_steps_ms']:.0f} ms")


def rounded(value):
    """The same, no number with more digits than it is worth."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 1) if isinstance(value, float) else value


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sliders", description=__doc__)
    parser.add_argument("--only", nargs="*", help="explorers; then nothing is written")
    only = parser.parse_args().only
    names = [name for name in EXPLORERS if not only or name.split("(")[0] in only]
    results = rounded(measure(names))
    show(results)
    if not only:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
