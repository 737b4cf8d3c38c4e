"""A headless Chromium and a running JupyterLab, for tests and for benchmarks."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from workspace import lab_command

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


def chromium():
    """The path of a Chromium or Chrome, or None; CHROMIUM in the environment names the program."""
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else BROWSERS
    return next(filter(None, map(shutil.which, names)), None)


class Lab:
    """A running JupyterLab server."""

    def __init__(self, url, token, folder):
        self.url = url
        self.token = token
        self.folder = folder

    def open(self, browser, notebook):
        """Open a notebook (its path below `folder`) in a fresh page, and wait for its kernel.

        Everything the page writes to its console as an error, and every exception in it, is
        collected in the list `page.errors`; what goes wrong in the kernel, even where no cell shows
        it, in `page.kernel_errors`.
        """

        def heard(frame):
            frame = frame if isinstance(frame, bytes) else frame.encode()
            if re.search(rb'"msg_type": ?"error"', frame):
                page.kernel_errors.append(frame[-2000:].decode("utf-8", "replace"))

        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.errors, page.kernel_errors = [], []
        page.on("console", lambda m: m.type == "error" and page.errors.append(m.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("websocket", lambda socket: socket.on("framereceived", heard))
        page.goto(f"{self.url}lab/tree/{notebook}?reset&token={self.token}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        return page


@contextmanager
def serving(home, folder, log, teach=False):
    """A server on `folder`, which keeps its own files in `home` and writes to the file `log`.

    To `teach`, it is the instructor's, and `folder` is a whole course.
    """
    token = "token-of-the-tests"
    options = ["--no-browser", "--port=0", f"--IdentityProvider.token={token}"]
    command, settings = lab_command(sys.executable, folder, *options, teach=teach)
    settings["JUPYTER_RUNTIME_DIR"] = str(home / "runtime")
    settings["JUPYTER_CONFIG_DIR"] = str(home / "config")
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=home, env=settings, stdout=output, stderr=output)
    try:
        yield Lab(_address(home / "runtime", server, token), token, folder)
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
