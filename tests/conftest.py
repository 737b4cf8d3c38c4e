"""Fixtures that several test files use.

Browser tests take `browser`, a headless Chromium, and `lab`, a JupyterLab server on a learner's
copies of the notebooks:

    @pytest.mark.browser
    def test_the_slider_moves(browser, lab, artifacts):
        page = lab.open(browser, "chapters/02_gradient_descent.ipynb")
        ...
        page.screenshot(path=artifacts / "slider.png")

Where a browser or the network is missing such tests skip with one line; where REQUIRE_ALL is set,
as on the build machine, they fail.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from browser.jupyterlab import CHROMIUM_FLAGS, chromium, serving
from hypothesis import settings
from playwright.sync_api import sync_playwright
from workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("on a busy machine", deadline=None)
settings.load_profile("on a busy machine")


@pytest.fixture(scope="session")
def unavailable():
    """A function that skips, with its reason, what needs something this machine lacks."""

    def skip(reason):
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(f"{reason}; REQUIRE_ALL is set, so this may not be skipped", pytrace=False)
        pytest.skip(reason)

    return skip


@pytest.fixture(scope="session")
def artifacts():
    """The folder for what a run leaves to be looked at, such as screenshots."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser(unavailable):
    """A headless Chromium or Chrome; CHROMIUM in the environment names the program."""
    program = chromium()
    if program is None:
        unavailable("no Chromium or Chrome on this machine")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)


def execute(tmp_path_factory, name, *options):
    """The folder `name` with a run of all notebooks: one for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / name).exists():
            found = sorted([*ROOT.glob("chapters/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb")])
            notebooks = [path.relative_to(ROOT) for path in found]
            tool = [sys.executable, ROOT / "tools" / "execute_notebooks.py", *options]
            # In a process of its own: Playwright's event loop may be running in this one.
            running = base / f"{name} (running)"
            subprocess.run([*tool, "--into", running, *notebooks], cwd=ROOT, check=True)
            running.rename(base / name)
    return base / name


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """A folder with every notebook as a run left it, all that explorers give to pages included.

    EXECUTED in the environment names a folder with such a run, to be used again.
    """
    if "EXECUTED" in os.environ:
        return Path(os.environ["EXECUTED"])
    return execute(tmp_path_factory, "executed", "--explorers")


@pytest.fixture(scope="session")
def executed_again(tmp_path_factory):
    """A folder with every notebook as another run left it."""
    return execute(tmp_path_factory, "executed again")


@pytest.fixture(scope="session")
def lab(tmp_path_factory, artifacts, worker_id):
    """JupyterLab on a learner's fresh copies of chapters and exercises."""
    home = tmp_path_factory.mktemp("lab")
    for part in ("chapters", "exercises"):
        if (ROOT / part).exists():
            shutil.copytree(ROOT / part, home / part)
    workspace = Workspace(home)
    workspace.copy_missing()
    log = artifacts / f"jupyterlab-{worker_id}.log"
    with serving(home, workspace.my, log) as running:
        yield running
