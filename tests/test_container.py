"""A submission in a container: what honest work needs is there, and nothing else is."""

import subprocess

import grading
import nbformat
import pytest
from container import command, must_work
from course import Course
from limits import ExecuteWithin
from nbformat import v4
from notebooks import Problem
from test_nbgrader_cycle import NAME, copy_of_the_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader and its packages warn of one another

CONFIG = """
c.Execute.container = True
c.Execute.timeout = 6
c.ExecuteWithin.seconds_after = 3
"""
SPIN = "def relative_error(a, b):\n    while True:\n        pass\n"
HONEST = """
from pathlib import Path

assert Path("data.csv").read_text() == "1,2" and not Path("../../../gradebook.db").exists()
size = Path("picture.png").write_text("this is thrown away")
"""
# It only looks: where the container does not hold, nothing comes to harm.
HOSTILE = """
import json, os
from pathlib import Path

found = [name for name in %r if Path(name).exists()]
found += [name for name in os.environ if "TOKEN" in name]
found += [line for line in Path("/proc/net/dev").read_text().splitlines()[2:] if "lo:" not in line]
found += [number for number in os.listdir("/proc") if number.isdigit() and int(number) > 99]
raise SystemExit("found: " + json.dumps(found))
"""


def test_after_a_cell_that_never_ended_others_get_less_time():
    step, cell = ExecuteWithin(timeout=60), v4.new_code_cell("pass")
    said = {"status": "ok", "ename": "CellTimeoutError", "evalue": "", "traceback": ["no reply"]}
    step.on_cell_executed(cell=cell, cell_index=0, execute_reply={"content": said})
    assert step.timeout == 60
    said["status"] = "error"
    step.on_cell_executed(cell=cell, cell_index=0, execute_reply={"content": said})
    assert step.timeout == 10


@pytest.mark.parametrize(("script", "why"), [("echo no >&2; exit 1", "here: no"), (None, "apt")])
def test_without_bubblewrap_nothing_is_graded(tmp_path, monkeypatch, script, why):
    monkeypatch.setenv("PATH", str(tmp_path))
    if script:
        (tmp_path / "bwrap").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bwrap").chmod(0o755)
    with pytest.raises(Problem, match=why):
        must_work()


@pytest.fixture
def course(tmp_path, monkeypatch):
    try:
        made = subprocess.run([*command(), "true"], capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("no bubblewrap that works on this machine")
    monkeypatch.setenv("SOME_TOKEN", "secret")
    root = copy_of_the_course(tmp_path)
    with open(root / "nbgrader_config.py", "a") as config:
        config.write(CONFIG)
    course = Course(root)
    course.generated(NAME, record=True)
    return course


def hand_in(course, student, first, **written):
    work = grading.notebook(NAME)
    for cell in work.cells:
        cell.source = written.get(cell.id, cell.source)
    work.cells.insert(0, v4.new_code_cell(first))
    folder = course.place("submitted", NAME, student)
    folder.mkdir(parents=True)
    nbformat.write(work, folder / f"{NAME}.ipynb")
    (folder / "data.csv").write_text("1,2")
    return folder


@pytest.mark.slow
def test_a_container_holds_what_honest_work_needs_and_nothing_else(course):
    ada = hand_in(course, "ada", HONEST, relative_error=SPIN)
    secret = [str(course.root / name) for name in ("solutions", "tools", "my/grading/submitted")]
    hand_in(course, "eve", HOSTILE % [*secret, str(ada), "/var", "/srv", "/run"])
    said = list(course.grade(NAME))
    parts = "(numerical_gradient 6/6, relative_error 0/4, find_bugs 10/10)"
    assert f"ada: 16 of 20 points {parts}; a cell ran into the time limit" in said
    first, *_ = course.autograded(NAME, "ada").cells
    assert not first.outputs
    assert not (course.place("autograded", NAME, "ada") / "picture.png").exists()
    first, *_ = course.autograded(NAME, "eve").cells
    assert first.outputs[0].evalue == "found: []"
    assert any(line.startswith("eve: 20 of 20") for line in said)
