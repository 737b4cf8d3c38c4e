"""A class of fourteen hands in two assignments, and much goes wrong: the whole loop, each score.

One accident may cost its own author something, and nobody else anything.
"""

import csv
import json
import sqlite3
from pathlib import Path

import grading
import nbformat
import pytest
from course import BACKUPS, Course
from nbformat import v4
from notebooks import Problem, grade_id
from test_nbgrader_cycle import copy_of_the_course

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ROOT = Path(__file__).resolve().parent.parent
FIRST, SECOND = "gradient_clipping", "worked_example"
LIMITS = """
c.Execute.timeout = 8
c.Execute.iopub_timeout = 10
c.Limits.seconds = 100
c.Limits.memory = 2 * 2**30
"""
STUB = "def clip_by_value(*args):\n    raise NotImplementedError()\n"
SPIN = "def clip_by_value(*args):\n    while True:\n        pass\n"
DEAF = """
import time

while True:
    try:
        time.sleep(1)
    except KeyboardInterrupt:
        pass
"""
BOMB = "def clip_by_value(*args):\n    return [bytearray(2**28) for _ in range(2**10)]\n"
LOUD = "for i in range(50):\n    print('x' * 10**6)\n    print('y', flush=True)\n"
CRASH = "def clip_by_value(*args):\n    import os\n    os._exit(7)\n"
NO_TESTS = """
import ast


class NoTests(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        return None if node.name.startswith("test_") else node


get_ipython().ast_transformers.append(NoTests())
"""


def right(name, *, first="", **written):
    """A notebook with right answers; ``first`` is a cell of the learner's own before all others."""
    work = grading.notebook(name, "")
    for cell in work.cells:
        cell.source = written.get(grade_id(cell), cell.source)
    if first:
        work.cells.insert(0, v4.new_code_cell(first))
    return work


def with_cells(name, change):
    """A notebook with right answers whose list of cells went through ``change``."""
    work = right(name)
    work.cells = change(work.cells)
    return work


def lost(*names):
    return lambda cells: [cell for cell in cells if grade_id(cell) not in names]


def twice(*names):
    return lambda cells: [
        nbformat.from_dict({**cell, "id": f"{cell.id}{copy}"})
        for cell in cells
        for copy in (["", "-again"] if grade_id(cell) in names else [""])
    ]


def without_names(cells):
    return [nbformat.from_dict({**cell, "metadata": {}}) for cell in cells]


def other_kernel(name):
    work = right(name)
    work.metadata.kernelspec = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    return work


def wrong(name, file):
    source = (ROOT / "tests" / "submissions" / name / f"{file}.py").read_text(encoding="utf-8")
    return grading.notebook(name, source)


# Who hands in what: notebooks by file name, or text; then the points, or why there are none; and
# what the report says besides.
VALUE, TESTS = "clip_by_value", "test_clip_by_value"
CLASSES = {
    FIRST: {
        "ada": (right(FIRST), 20, None),
        "bea": (wrong(FIRST, "wrong_upper_only"), None, None),
        "cem": (grading.stub(FIRST), 0, None),
        "dan": (with_cells(FIRST, lost(VALUE, TESTS, "setup")), 11, f"deleted: setup, {VALUE}"),
        "eva": (with_cells(FIRST, twice(VALUE, TESTS)), 20, f"more than once: {VALUE}, {TESTS}"),
        "fin": (
            {"my solution.ipynb": right(FIRST)},
            "missing; notebooks handed in: my solution",
            0,
        ),
        "gil": ({"notes.txt": "I did it, but where?"}, "missing; notebooks handed in: none", 0),
        "hal": ('{"cells": [', "cannot be read as a notebook", 0),
        "ida": (other_kernel(FIRST), 20, None),
        "jon": (right(FIRST, **{VALUE: SPIN}), 11, "a cell ran into the time limit"),
        "kim": (right(FIRST, **{VALUE: CRASH}), "Its Python process ended in the middle", 0),
        "lee": (right(FIRST, first=LOUD), 20, "a cell wrote too much, which was cut"),
        "mia": (right(FIRST, **{VALUE: BOMB}), 11, "a cell needed too much memory"),
        "ned": (right(FIRST, first=DEAF), "time limit and could not be interrupted", 0),
        "oda": (with_cells(FIRST, without_names), 20, None),
        "zoe": (right(FIRST), 20, None),
    },
    SECOND: {
        "ada": (wrong(SECOND, "wrong_in_place"), None, None),
        "bea": (right(FIRST), "has none of the cells of this exercise", 0),
        "cem": ("", "cannot be read as a notebook", 0),
        "dan": ({"Untitled.ipynb": right(SECOND)}, "notebooks handed in: Untitled.ipynb", 0),
        "eva": ("[]", "cannot be read as a notebook", 0),
        "fin": (with_cells(SECOND, lost("iterate")), 14, "deleted: iterate"),
        "gil": ({}, "notebooks handed in: none", 0),
        "hal": (right(SECOND, first=NO_TESTS), 0, "read the code, it mentions: get_ipython"),
        "ida": (json.dumps({"cells": [1], "nbformat": 4}), "cannot be read as a notebook", 0),
        "jon": ("\0" * 1000, "cannot be read as a notebook", 0),
        "kim": (right(SECOND), 20, None),
        "lee": (grading.stub(SECOND), 0, None),
    },
}
CASES = [(name, student) for name in CLASSES for student in CLASSES[name]]


def write(folder, work):
    files = (
        work if isinstance(work, dict) and "cells" not in work else {f"{folder.name}.ipynb": work}
    )
    folder.mkdir(parents=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else nbformat.writes(content)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Both assignments, released, handed in, collected, graded; ``said`` is the last report."""
    root = copy_of_the_course(tmp_path_factory.mktemp("class"))
    with open(root / "nbgrader_config.py", "a") as config:
        config.write(LIMITS)
    course = Course(root)
    course.said = {}
    for name, students in CLASSES.items():
        list(course.release(name))
        for student, (work, *_) in students.items():
            folder = Path(course.config.Exchange.assignment_dir, name)
            write(folder, work)
            course.api.coursedir.student_id = student
            list(course.submit(name))
            folder.rename(tmp_path_factory.mktemp("handed_in") / name)
        course.api.coursedir.student_id = "*"
        list(course.collect(name))
        course.before = handed_in(course)
        course.said[name] = list(course.grade(name))
    return course


def handed_in(course):
    folder = course.root / "my" / "grading" / "submitted"
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def table(course, name):
    with open(course.root / "my" / "grading" / "scores" / f"{name}.csv", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize(("name", "student"), CASES)
def test_each_gets_what_is_due_and_a_clear_line(course, name, student):
    work, due, note = CLASSES[name][student]
    (line,) = (line for line in course.said[name] if line.startswith(f"{student}: "))
    row = table(course, name)[student]
    if isinstance(due, str):
        assert line.startswith(f"{student}: could not be graded. ") and due in line
        assert row["total"] == row["score"] == "" and due in row["status"]
        return
    if due is None:  # a mistake that the fast runner knows
        due = grading.grade(name, work).total
        assert 0 < due < 20
    assert line.startswith(f"{student}: {due:g} of 20 points (")
    assert float(row["total"]) == float(row["score"]) == due
    assert row["status"] == "graded"
    assert (note or "") in line and (note or ";" not in line)


def test_an_accident_costs_only_the_part_it_is_in(course):
    for student in ("dan", "jon", "mia"):
        row = table(course, FIRST)[student]
        assert (float(row[VALUE]), float(row["clip_by_norm"])) == (0, 11)


def test_what_was_handed_in_is_as_it_was(course):
    assert handed_in(course) == course.before


def test_grading_leaves_the_gradebook_of_before(course):
    (first, *_) = sorted((course.root / "my" / "grading" / "backups").glob("*.db"))
    with sqlite3.connect(first) as book:
        assert book.execute("select count(*) from submitted_assignment").fetchone() == (0,)
    for _ in range(BACKUPS + 2):
        course._back_up()
    assert len(list(first.parent.glob("*.db"))) == BACKUPS


def test_one_student_is_graded_again_and_nobody_else(course, monkeypatch):
    graded = []
    monkeypatch.setattr("course.autograde", lambda book, name, student: graded.append(student))
    list(course.grade(SECOND, "kim"))
    assert graded == ["kim"]
    list(course.grade(SECOND, "all"))
    assert graded[1:] == sorted(CLASSES[SECOND])
    with pytest.raises(Problem, match="Nothing of worked_example is collected from 'zoe'"):
        list(course.grade(SECOND, "zoe"))


def test_who_handed_nothing_in_stands_in_the_table(course):
    list(course.export(SECOND))
    row = table(course, SECOND)["zoe"]
    assert (row["status"], row["total"], row["out_of"]) == ("nothing handed in", "", "20")


def test_newer_work_does_not_overwrite_what_was_collected(course):
    course.api.coursedir.student_id = "kim"
    folder = Path(course.config.Exchange.assignment_dir, SECOND)
    write(folder, {"notes.txt": "Please take this instead."})
    list(course.submit(SECOND))
    course.api.coursedir.student_id = "*"
    list(course.collect(SECOND))
    (kept,) = (course.root / "my" / "grading" / "earlier" / "kim" / SECOND).glob("*")
    assert nbformat.read(kept / f"{SECOND}.ipynb", 4) == CLASSES[SECOND]["kim"][0]
    assert float(table(course, SECOND)["kim"]["total"]) == 20
    said = list(course.grade(SECOND, "kim"))
    assert any(line.startswith("kim: could not be graded.") for line in said)
    assert table(course, SECOND)["kim"]["total"] == ""
