"""Late work: hours late in the report, and a policy that counts essays read later as well."""

import csv
import datetime
import re
import shutil
from pathlib import Path

import grading
import nbformat
import pytest
from course import Course
from test_nbgrader_cycle import copy_of_the_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader and its packages warn of one another

ROOT = Path(__file__).resolve().parent.parent
NAME = "reflection"
DUE = datetime.datetime(2027, 3, 1, 23, 59)
DOCUMENTED = {
    "zero": r"`(c\.LateSubmissionPlugin\.penalty_method = .*?)`",
    "of your own": r"```python\n(.*?)```",
}


def class_with_essays(place, students, time=None):
    """A course in which students handed essays in that are graded as far as a program can."""
    course = Course(copy_of_the_course(place))
    course.generated(NAME, record=True)
    for student in students:
        for step in ("submitted", "autograded"):
            folder = course.place(step, NAME, student)
            folder.mkdir(parents=True)
            nbformat.write(grading.stub(NAME), folder / f"{NAME}.ipynb")
            if time:
                (folder / "timestamp.txt").write_text(f"{time} UTC")
        with course.api.gradebook as gradebook:
            gradebook.add_student(student)
            submission = gradebook.add_submission(NAME, student, timestamp=time)
            for grade in submission.notebooks[0].grades:
                grade.needs_manual_grade = True
            gradebook.db.commit()
    return course


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A course in which Ada's essays came 25 hours late, and got 4 points each."""
    time = DUE + datetime.timedelta(hours=25)
    course = class_with_essays(tmp_path_factory.mktemp("late"), ["ada"], time)
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=DUE)
        for grade in gradebook.find_submission_notebook(NAME, NAME, "ada").grades:
            grade.manual_score, grade.needs_manual_grade = 4, False
        gradebook.db.commit()
    return course


@pytest.mark.parametrize(
    ("policy", "penalty"), [(None, 0), ("zero", 24), ("of your own", 4.8), (None, 0)]
)
def test_a_documented_policy_counts_in_the_next_table(late, policy, penalty):
    config, text = late.root / "nbgrader_config.py", (ROOT / "nbgrader_config.py").read_text()
    if policy:
        document = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
        text += "\n" + re.search(DOCUMENTED[policy], document, re.DOTALL)[1]
    config.write_text(text)
    said = [*Course(late.root).export(NAME)]  # after the essays were read in the formgrader
    assert len(said) == 1
    with open(late.root / "my" / "grading" / "scores" / f"{NAME}.csv", newline="") as table:
        (row,) = csv.DictReader(table)
    assert [float(row[column]) for column in ("total", "penalty", "score", "hours_late")] == [
        24,
        pytest.approx(penalty),
        pytest.approx(24 - penalty),
        25,
    ]
    assert max(len(row[column]) for column in ("penalty", "score")) <= len("19.2")
    line, _ = Course(late.root).grade(NAME)
    assert line.startswith("ada: 24 of 30 points (")
    assert line.endswith("; 25 hours late" + (f": minus {penalty:g} points" if penalty else ""))


def test_essays_that_wait_leave_the_score_empty_and_get_no_feedback(late):
    shutil.copy(ROOT / "nbgrader_config.py", late.root)
    with late.api.gradebook as gradebook:
        grade = gradebook.find_submission_notebook(NAME, NAME, "ada").grades[0]
        grade.manual_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()
    list(late.export())
    rows = {}
    for name in (NAME, "course"):
        with open(late.root / "my" / "grading" / "scores" / f"{name}.csv", newline="") as table:
            (rows[name],) = csv.DictReader(table)
    assert rows[NAME]["status"] == "essays to read in the formgrader: 1"
    assert (float(rows[NAME]["total"]), rows[NAME]["score"]) == (20, "")
    assert (rows["course"][NAME], rows["course"]["total"]) == ("", "0")

    assert list(late.feedback(NAME)) == ["No feedback for ada: essays to read in the formgrader: 1"]
    assert not late.place("feedback", NAME, "ada").exists()
