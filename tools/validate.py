"""After an upgrade: run every notebook, and say which cells now show something else.

    make validate

nbval runs all chapters and solutions, strictly: every text that a cell shows must be what is
stored. First stand the packages that are not those of the lock file, then the cells that differ.
The whole report, with what was expected and what came, is in artifacts/validate.txt.
"""

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "artifacts" / "validate.txt"


def upgraded(lock):
    """The installed packages whose version is not the one in a lock file."""
    for name, wanted in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.M):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # only the tests need it, or another system
        if found != wanted:
            yield f"{name} {found} (the lock file has {wanted})"


def changed(report):
    """The cells that nbval found to differ, as file and number, from pytest's summary."""
    return re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", report, re.M)


def main(notebooks):
    packages = sorted(set(upgraded((ROOT / "requirements.lock").read_text(encoding="utf-8"))))
    print("Other packages than in the lock file:", *packages or ["none"], sep="\n  ")
    print("Running the notebooks (some minutes) ...", flush=True)
    nbval = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-rfE"]
    done = subprocess.run(
        [*nbval, "--color=no", *notebooks], cwd=ROOT, capture_output=True, text=True
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(done.stdout + done.stderr, encoding="utf-8")
    cells = changed(done.stdout)
    print("Cells that differ:", *cells or ["none"], sep="\n  ")
    print(done.stdout.strip().splitlines()[-1] if done.returncode < 2 else done.stderr.strip())
    print(f"The whole report: {REPORT.relative_to(ROOT)}")
    return done.returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:] or ["chapters", "solutions"]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
