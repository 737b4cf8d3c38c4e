"""Make the course's own Python environment, `.venv`, from the lock file.

    sh tools/python.sh tools/environment.py          what a learner needs
    sh tools/python.sh tools/environment.py --test   and what the tests need
    sh tools/python.sh tools/environment.py --lock   the newest versions into requirements.lock

Nothing is installed, and nothing is asked of the network, when the environment is already as the
lock file and pyproject.toml say. This file uses the standard library only: it runs before
anything is installed.
"""

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RECORD = VENV / "installed.json"
LOG = VENV / "install.log"


def ensure(test=False):
    """Bring `.venv` up to date; with `test`, with the packages that the tests need."""
    wanted = {"place": str(ROOT), "lock": _digest(), "test": test}
    installed = _installed()
    if installed in (wanted, {**wanted, "test": True}):
        return
    if installed.get("place", str(ROOT)) != str(ROOT) or not _has_pip():
        _create()
    print("Installing the packages (about two minutes the first time) ...", flush=True)
    _install("." if not test else ".[test]")
    RECORD.write_text(json.dumps(wanted) + "\n")


def _digest():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return hashlib.sha256(json.dumps([project, lock]).encode()).hexdigest()


def _installed():
    try:
        return json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return {}


def _has_pip():
    # False too for an environment half made, or made with a Python that is gone since.
    try:
        return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def _create():
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"Python {version} here cannot make environments: its venv module is missing. "
            f"On Debian and Ubuntu: sudo apt install python{version}-venv"
        )
    print("Creating the environment in .venv ...", flush=True)
    # Not sys.executable: that may be the very environment that is replaced here.
    python = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run([python, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The environment could not be created:\n{done.stdout}{done.stderr}".rstrip())


def _install(what):
    RECORD.unlink(missing_ok=True)
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    with LOG.open("w") as log:
        done = subprocess.run(
            [*pip, "-c", "requirements.lock", "-e", what], cwd=ROOT, stdout=log, stderr=log
        )
    if done.returncode:
        last_lines = "\n".join(LOG.read_text().splitlines()[-12:])
        sys.exit(
            f"{last_lines}\n\nThe packages could not be installed. Is this machine online? "
            "The whole report is in .venv/install.log."
        )


def lock():
    """Resolve the newest versions that pyproject.toml allows, for every system and Python."""
    options = ["--universal", "--fork-strategy", "fewest", "--upgrade", "--no-header"]
    options += ["--no-annotate", "--quiet", "--extra", "test", "--output-file", "requirements.lock"]
    uv = [PYTHON, "-m", "uv", "pip", "compile"]
    subprocess.run([*uv, *options, "pyproject.toml"], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    parser.add_argument("--lock", action="store_true", help="resolve the newest versions")
    asked = parser.parse_args()
    try:
        ensure(asked.test or asked.lock)
        if asked.lock:
            lock()
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to go on.")


if __name__ == "__main__":
    main()
