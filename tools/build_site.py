"""Export the course as web pages that need neither Python nor the network.

make site                                     into site/
python tools/build_site.py --executed FOLDER  from chapters that were run before, by
                                              execute_notebooks.py --explorers --into FOLDER
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from notebooks import Problem
from website import pages
from website.library import library

ROOT = Path(__file__).resolve().parent.parent
EXERCISES = sorted(ROOT.glob("exercises/*/*.ipynb"))
LARGEST = 30_000_000  # bytes of the whole site


def execute(folder):
    """Run every chapter, with everything of its explorers, into `folder`."""
    names = [path.relative_to(ROOT) for path in sorted(ROOT.glob("chapters/*.ipynb"))]
    command = [sys.executable, ROOT / "tools" / "execute_notebooks.py", "--explorers"]
    subprocess.run([*command, "--into", folder, *names], cwd=ROOT, check=True)


def build(executed, folder):
    """Write the site into `folder`, anew, from chapters that have been run in another."""
    found = sorted(executed.glob("chapters/*.ipynb"))
    chapters = [pages.chapter(path, ROOT / "chapters" / path.name) for path in found]
    for page, after in zip(chapters, chapters[1:], strict=False):
        page.after, after.before = after, page
    exercises = [pages.exercise(path) for path in EXERCISES]
    first = pages.index(chapters, exercises, ROOT / "README.md")
    shutil.rmtree(folder, ignore_errors=True)
    pages.write([first, *chapters, *exercises, library()], folder)
    for path in EXERCISES:
        shutil.copy(path, folder / "exercises" / path.stem)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > LARGEST:
        raise Problem(f"The site has {size:,} bytes, at most {LARGEST:,}")
    return size


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executed", type=Path, help="chapters that have been run")
    parser.add_argument("--into", type=Path, default=ROOT / "site", help="where to write")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            if asked.executed is None:
                print("Running the chapters ...", flush=True)
                execute(Path(folder))
            size = build(asked.executed or Path(folder), asked.into)
    except Problem as problem:
        sys.exit(str(problem))
    print(f"{asked.into / 'index.html'} is ready ({size / 1e6:.0f} MB in all).")


if __name__ == "__main__":
    main()
