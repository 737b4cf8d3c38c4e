"""The learner's own copies of the notebooks, in `my/`, and JupyterLab on them.

    make lab                         copy what is missing, open JupyterLab
    make lab TEACH=1                 for instructors: on the whole course, with the formgrader
    make update                      bring new versions in, keep what the learner changed
    make reset CHAPTER=02            start a chapter afresh, keep a dated copy
    make reset EXERCISE=a_name       the same for an exercise

`my/chapters` and `my/exercises` mirror `chapters` and `exercises`, so that links between notebooks
work in both. A copy has no outputs: predictions come before results. This file uses the standard
library only.
"""

import argparse
import datetime
import hashlib
import itertools
import json
import os
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("chapters", "exercises")
FIRST = "chapters/00_start_here.ipynb"


class Workspace:
    """The folder `my/` of the repository at `root`.

    An entry is a notebook in `chapters` or a folder in `exercises`. Methods return the sentences
    that tell the learner what was done.
    """

    def __init__(self, root=ROOT):
        self.root = Path(root)
        self.my = self.root / "my"
        self._record_file = self.my / ".copied.json"
        # For each copy the version it was made from: a copy with that content is unchanged.
        try:
            self._record = json.loads(self._record_file.read_text())
        except (OSError, ValueError):
            self._record = {}  # Then every copy counts as changed, and none is replaced.

    def copy_missing(self, entry=None):
        """Copy every entry, or the one named, that has no copy yet; touch nothing that is there."""
        entries = [entry] if entry else self._entries()
        missing = [entry for entry in entries if not (self.my / entry).exists()]
        for entry in missing:
            self._copy(entry)
        return [f"New: my/{entry}" for entry in missing]

    def update(self):
        """Bring new versions in: over unchanged copies, beside changed ones."""
        said = self.copy_missing()
        for entry in self._entries():
            new = [name for name in self._files(entry) if self._is_new(name)]
            if not new:
                continue
            if all(self._is_unchanged(name) for name in new):
                self._copy(entry, new)
                said.append(f"Updated: my/{entry}")
            else:
                beside = self._free_name(entry, "new")
                self._copy(entry, into=beside)
                said.append(f"You changed my/{entry}: it stays. The new version: my/{beside}")
        return said or ["Everything in my/ is up to date."]

    def reset(self, chapter="", exercise=""):
        """Put a dated copy of one entry aside, and start it afresh."""
        entry = self._find(chapter, exercise)
        said = []
        if (self.my / entry).exists():
            kept = self._free_name(entry, "kept")
            (self.my / entry).rename(self.my / kept)
            said.append(f"Your version is kept: my/{kept}")
        self._copy(entry)
        return [*said, f"Fresh: my/{entry}"]

    def _entries(self):
        found = (path for part in PARTS for path in sorted((self.root / part).glob("*")))
        names = [path.relative_to(self.root).as_posix() for path in found]
        return [name for name in names if self._files(name)]

    def _files(self, entry):
        path = self.root / entry
        files = [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.is_file())
        names = [file.relative_to(self.root) for file in files]
        return [n.as_posix() for n in names if not any(p.startswith((".", "_")) for p in n.parts)]

    def _is_new(self, name):
        return version(self.root / name) not in (version(self.my / name), self._record.get(name))

    def _is_unchanged(self, name):
        return version(self.my / name) in (None, self._record.get(name))

    def _copy(self, entry, names=None, into=None):
        for name in names or self._files(entry):
            copy = self.my / name.replace(entry, into or entry, 1)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(without_outputs(self.root / name))
            self._record[name] = version(self.root / name)
        self._record_file.write_text(json.dumps(self._record, indent=1) + "\n")

    def _free_name(self, entry, word):
        path = Path(entry)
        dated = path.with_stem(f"{path.stem}_{word}_{datetime.date.today()}")
        again = (dated.with_stem(f"{dated.stem}_{i}") for i in itertools.count(2))
        names = itertools.chain([dated], again)
        return next(name.as_posix() for name in names if not (self.my / name).exists())

    def _find(self, chapter, exercise):
        wanted = f"exercises/{exercise}" if exercise else f"chapters/{chapter.zfill(2)}"
        matches = [entry for entry in self._entries() if entry.startswith(wanted)]
        if bool(chapter) == bool(exercise) or len(matches) != 1:
            raise ValueError(
                "Please name one chapter or one exercise: make reset CHAPTER=02, or make reset "
                f"EXERCISE=its_name. There are: {', '.join(self._entries())}."
            )
        return matches[0]


def version(path):
    """Digest of what a file says; of a notebook its cells' sources, so running it is no change."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(data)["cells"]
            data = json.dumps([(c["cell_type"], "".join(c["source"])) for c in cells]).encode()
        except (ValueError, KeyError, TypeError):
            pass  # A notebook that cannot be read is a changed file like any other.
    return hashlib.sha256(data).hexdigest()


def without_outputs(path):
    """The bytes of a file; of a notebook without outputs and execution counts."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def lab_command(python, folder, *options, teach=False):
    """The command that starts JupyterLab on a folder, and the environment it needs.

    A learner's is `my`. To `teach`, it is the whole course: the formgrader wants it so.
    """
    command = [
        *(str(python), "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"),
        f"--LabApp.default_url=/lab/tree/{'docs/instructor.md' if teach else FIRST}",
        "--KernelManager.transport_encryption=auto",
        # The terminal shows the address and little else.
        *("--Application.log_level=CRITICAL", "--LabApp.log_level=CRITICAL"),
        *(["--allow-root"] if os.geteuid() == 0 else []),
        *options,
    ]
    path = f"{Path(python).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    config = [ROOT / "tools" / "jupyter" / "teach"] * teach + [ROOT / "tools" / "jupyter"]
    configs = os.pathsep.join(map(str, config))
    return command, {**os.environ, "PATH": path, "JUPYTER_CONFIG_PATH": configs}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=["lab", "update", "reset"])
    parser.add_argument("--chapter", default="")
    parser.add_argument("--exercise", default="")
    parser.add_argument("--teach", action="store_true", help="the whole course, and the formgrader")
    asked = parser.parse_args()
    try:
        if asked.task == "lab":
            environment.ensure()
        workspace = Workspace()
        if asked.task == "reset":
            said = workspace.reset(asked.chapter, asked.exercise)
        elif asked.task == "update":
            said = workspace.update()
        else:
            said = [] if asked.teach else workspace.copy_missing()
        print(*said, sep="\n", end="\n" if said else "", flush=True)
        if asked.task == "lab":
            print("Starting JupyterLab. If no browser opens, use an address that appears below.")
            print("To stop it, press Ctrl+C here.", flush=True)
            folder = ROOT if asked.teach else workspace.my
            command, settings = lab_command(environment.PYTHON, folder, "-y", teach=asked.teach)
            os.chdir(ROOT)
            os.execve(environment.PYTHON, command, settings)
    except (ValueError, OSError) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
