"""What a class gets: everything a learner needs, and nothing of solutions or hidden tests."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import grading
import nbformat
import pytest
from bundle import contents, pack
from test_nbgrader_cycle import NAMES, hidden_lines

ROOT = Path(__file__).resolve().parent.parent
NAME = "gradient_checking"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The archive, unpacked, as made from a copy in which there is more than it may hold."""
    root = tmp_path_factory.mktemp("course")
    for file in contents(ROOT):
        copy = root / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    for name in NAMES:
        shutil.copytree(ROOT / "solutions" / name, root / "solutions" / name)
        shutil.copytree(root / "solutions" / name, root / "exercises" / name / ".ipynb_checkpoints")
    (root / "tests" / "submissions").mkdir(parents=True)
    (root / "my").mkdir()
    place = tmp_path_factory.mktemp("class")
    with zipfile.ZipFile(pack(root)) as archive:
        archive.extractall(place)
    return place / "learning-from-error"


def test_no_solution_and_no_hidden_test_is_in_it(bundle):
    files = [file for file in bundle.rglob("*") if file.is_file()]
    assert {file.relative_to(bundle).parts[0] for file in files}.isdisjoint(
        {"solutions", "tests", "my", "site", ".git"}
    )
    lines = {
        line.strip().strip('",').removesuffix("\\n").strip()
        for file in files
        if file.suffix in (".ipynb", ".py", ".md")
        for line in file.read_text(encoding="utf-8").splitlines()
        if file.relative_to(bundle).parts[0] not in ("course_lib", "chapters")
    }
    for name in NAMES:
        tests = {line.replace('"', '\\"') for line in hidden_lines(name) if "expect(" in line}
        assert not tests & lines, name
    for file in (bundle / "exercises").rglob("*.ipynb"):
        text = nbformat.writes(nbformat.read(file, 4))
        assert "BEGIN SOLUTION" not in text and "BEGIN HIDDEN" not in text


def test_every_chapter_and_exercise_is_in_it(bundle):
    for pattern in ("chapters/*.ipynb", "exercises/*/*.ipynb", "course_lib/**/*.js"):
        expected = sorted(file.relative_to(ROOT) for file in ROOT.glob(pattern))
        assert expected == sorted(file.relative_to(bundle) for file in bundle.glob(pattern))


def run(bundle, task):
    """A task as make runs it, with the library of the bundle."""
    return subprocess.run(
        [sys.executable, bundle / "tools" / "exercises.py", task, NAME],
        env={**os.environ, "PYTHONPATH": str(bundle), "COURSE_EXCHANGE": ""},
        capture_output=True,
        text=True,
    )


def test_a_learner_works_in_it(bundle):
    assert "New: my/exercises/gradient_checking" in run(bundle, "fetch").stdout
    done = run(bundle, "check")
    assert done.returncode == 1 and "0 of 3 parts pass" in done.stdout
    assert "solutions/" not in done.stderr
    work = bundle / "my" / "exercises" / NAME / f"{NAME}.ipynb"
    nbformat.write(grading.notebook(NAME), work)
    done = run(bundle, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 parts pass their visible tests." in done.stdout
    assert "name in COURSE_EXCHANGE, to hand your work in" in run(bundle, "submit").stderr
    said = run(bundle, "release").stderr
    assert "There is no solutions/gradient_checking here: a bundle for a class has none.\n" in said
