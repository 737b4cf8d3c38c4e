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

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from workspace import Workspace, lab_command

ROOT = Path(__file__).resolve().parent.parent
IS_ROOT = os.geteuid() == 0
BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Chromium's sandbox does not work for root, which is who runs in most containers.
    *(["--no-sandbox"] if IS_ROOT else []),
]


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
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else BROWSERS
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        unavailable("no Chromium or Chrome on this machine")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)


def execute(folder, *options):
    # In a process of its own: Playwright's event loop may be running in this one.
    found = sorted([*ROOT.glob("chapters/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb")])
    notebooks = [path.relative_to(ROOT) for path in found]
    command = [sys.executable, ROOT / "tools" / "execute_notebooks.py", *options]
    subprocess.run([*command, "--into", folder, *notebooks], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """A folder with every notebook as a run left it, all that explorers give to pages included.

    EXECUTED in the environment names a folder with such a run, to be used again.
    """
    if "EXECUTED" in os.environ:
        return Path(os.environ["EXECUTED"])
    return execute(tmp_path_factory.mktemp("executed"), "--explorers")


@pytest.fixture(scope="session")
def executed_again(tmp_path_factory):
    """A folder with every notebook as another run left it."""
    return execute(tmp_path_factory.mktemp("executed_again"))


class Lab:
    """A running JupyterLab server."""

    def __init__(self, url, token, folder):
        self.url = url
        self.token = token
        self.folder = folder

    def open(self, browser, notebook):
        """Open a notebook (its path below `folder`) in a fresh page, and wait for its kernel.

        Everything the page writes to its console as an error, and every exception in it, is
        collected in the list `page.errors`.
        """
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.errors = []
        page.on("console", lambda m: m.type == "error" and page.errors.append(m.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{self.url}lab/tree/{notebook}?reset&token={self.token}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        return page


@pytest.fixture(scope="session")
def lab(tmp_path_factory, artifacts):
    """JupyterLab on a learner's fresh copies of chapters and exercises."""
    home = tmp_path_factory.mktemp("lab")
    for part in ("chapters", "exercises"):
        if (ROOT / part).exists():
            shutil.copytree(ROOT / part, home / part)
    workspace = Workspace(home)
    workspace.copy_missing()
    token = "token-of-the-tests"
    options = ["--no-browser", "--port=0", f"--IdentityProvider.token={token}"]
    command, settings = lab_command(sys.executable, workspace.my, *options)
    settings["JUPYTER_RUNTIME_DIR"] = str(home / "runtime")
    settings["JUPYTER_CONFIG_DIR"] = str(home / "config")
    with (artifacts / "jupyterlab.log").open("w") as log:
        server = subprocess.Popen(command, cwd=home, env=settings, stdout=log, stderr=log)
    try:
        yield Lab(_address(home / "runtime", server, token), token, workspace.my)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(runtime, server, token):
    """The address of a starting server, once it answers."""
    for _ in range(300):
        time.sleep(0.2)
        assert server.poll() is None, f"JupyterLab ended with code {server.returncode}"
        for info in runtime.glob("jpserver-*.json"):
            try:
                url = json.loads(info.read_text())["url"]
                urllib.request.urlopen(f"{url}api/status?token={token}", timeout=5).close()
                return url
            except (OSError, ValueError):
                pass  # Not written, or not listening, yet.
    raise TimeoutError("JupyterLab did not answer within a minute")
