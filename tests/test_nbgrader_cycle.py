"""Exercises on their way through nbgrader: from solutions/ to feedback, in a temporary course."""

import csv
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import grading
import nbformat
import pytest
from course import Course
from notebooks import Problem, essays

import exercises

# nbgrader and the packages it uses warn about one another.
pytestmark = pytest.mark.filterwarnings("ignore")

ROOT = Path(__file__).resolve().parent.parent
NAME = "gradient_checking"
NAMES = sorted(path.name for path in (ROOT / "solutions").glob("[!._]*"))
SUBMISSIONS = ROOT / "tests" / "submissions" / NAME
CLASS = {
    "ada": "right_talkative",
    "boris": None,  # hands the exercise in as he got it
    "chen": "wrong_forward_difference",
    "dara": "wrong_zero_by_zero",
    "emil": "wrong_kink_blamed",
    "fay": "tampered_jupyter",
    "gus": "tampered_jupyter_tests",
}


def copy_of_the_course(place):
    """A course of its own, in a folder with a space in its name."""
    root = place / "the course"
    for folder in ("solutions", "exercises", "tools"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


def hidden_lines(name):
    """Lines of hidden tests and of solutions, but for those that also stand in the open."""
    lines, hidden = {True: set(), False: set()}, False
    for cell in grading._read("solutions", name).cells:
        for line in cell.source.splitlines():
            if re.search("(BEGIN|END) (HIDDEN|SOLUTION)", line):
                hidden = "BEGIN" in line
            elif len(line.strip()) > 12:
                lines[hidden].add(line.strip())
    return lines[True] - lines[False]


def lines_of(notebook):
    return {line.strip() for cell in notebook.cells for line in cell.source.splitlines()}


# What is generated.


@pytest.mark.parametrize("name", NAMES)
def test_exercises_are_what_solutions_give(name):
    folder = ROOT / "exercises" / name
    stored = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert Course(ROOT).generated(name) == stored


@pytest.mark.parametrize("name", NAMES)
def test_exercises_hold_no_solution_and_no_hidden_test(name):
    exercise = grading.stub(name)
    assert len(hidden_lines(name)) > 20 or essays(exercise)
    assert all(cell.source == "YOUR ANSWER HERE" for cell in essays(exercise).values())
    assert not hidden_lines(name) & lines_of(exercise)
    assert not re.search("(BEGIN|END) (HIDDEN|SOLUTION)", nbformat.writes(exercise))
    assert all(not cell.get("outputs") for cell in exercise.cells)


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_named_once_and_tests_have_points(name):
    cells = grading._read("solutions", name).cells
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert sorted(set(ids)) == sorted(ids) and all(ids)
    for cell in cells:
        roles = cell.metadata.get("nbgrader", {})
        if roles.get("grade"):
            assert roles.points > 0 and roles.locked != roles.solution
        if roles.get("solution") and not roles.grade:
            assert "### BEGIN SOLUTION" in cell.source


# A class of seven.


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which everyone has handed in, has been graded and can read the feedback."""
    root = copy_of_the_course(tmp_path_factory.mktemp("class"))
    course = Course(root)
    said = [*course.release(NAME)]
    work = root / "my" / "exercises" / NAME / f"{NAME}.ipynb"
    work.parent.mkdir(parents=True)
    for student in CLASS:
        nbformat.write(notebook_of(student), work)
        course.api.coursedir.student_id = student
        said += course.submit(NAME)
    course.api.coursedir.student_id = "*"
    for step in (course.collect, course.grade, course.feedback):
        said += step(NAME)
    course.said = said
    return course


def notebook_of(student):
    if CLASS[student] is None:
        return grading.stub(NAME)
    source = (SUBMISSIONS / f"{CLASS[student]}.py").read_text(encoding="utf-8")
    return grading.notebook(NAME, source)


def feedback_for(course, student):
    """The feedback as a reader sees it: text, no markup."""
    page = course.root / "my" / "grading" / "feedback" / student / NAME / f"{NAME}.html"
    text = re.sub(r"<style.*?</style>|<[^>]*>", "", page.read_text(encoding="utf-8"), flags=re.S)
    return html.unescape(text)


def test_scores_are_those_of_the_fast_runner(course):
    for student in set(CLASS) - {"fay", "gus"}:  # they tamper with Jupyter, which is not there
        scores = {test: score for test, (score, _) in course.scores(NAME, student).items()}
        assert scores == grading.grade(NAME, notebook_of(student)).scores, student


def test_scores_are_what_each_deserves(course):
    totals = {s: sum(score for score, _ in course.scores(NAME, s).values()) for s in CLASS}
    assert totals == {"ada": 20, "boris": 0, "chen": 14, "dara": 19, "emil": 17, "fay": 0, "gus": 0}
    line = "chen: 14 of 20 points (numerical_gradient 0/6, relative_error 4/4, find_bugs 10/10)"
    assert line in course.said


@pytest.mark.parametrize("student", ["chen", "dara", "emil", "fay", "gus"])
def test_feedback_names_the_mistake(course, student):
    source = (SUBMISSIONS / f"{CLASS[student]}.py").read_text(encoding="utf-8")
    assert grading.header(source)["says"] in " ".join(feedback_for(course, student).split())


@pytest.mark.parametrize("student", CLASS)
def test_feedback_keeps_hidden_tests_and_solutions_hidden(course, student):
    read = {line.strip() for line in feedback_for(course, student).splitlines()}
    assert "def test_find_bugs(find_bugs):" in read
    assert not (hidden_lines(NAME) & read) - lines_of(notebook_of(student))


def test_what_was_handed_in_is_as_it_was(course):
    for student in CLASS:
        handed_in = course.root / "my" / "grading" / "submitted" / student / NAME
        assert nbformat.read(handed_in / f"{NAME}.ipynb", 4) == notebook_of(student)


def test_grades_are_exported_with_the_documented_commands(course):
    people = course.root / "my" / "class.csv"
    people.write_text(
        "id,first_name,last_name,email,lms_user_id\nada,Ada,L,,4711\nzoe,Zoe,Z,,4712\n"
    )
    nbgrader = [str(Path(sys.executable).parent / "nbgrader"), "db"]
    for command in (
        ["student", "import", "my/class.csv"],
        ["assignment", "add", NAME, "--duedate=2020-02-29 23:59:00 UTC"],
    ):
        subprocess.run(nbgrader + command, cwd=course.root, check=True, capture_output=True)
    assert len([*course.export()]) == 2
    rows = {}
    for name in (NAME, "course"):
        with open(course.root / "my" / "grading" / "scores" / f"{name}.csv", newline="") as file:
            rows[name] = {row["student_id"]: row for row in csv.DictReader(file)}
    chen, ada, zoe = (rows[NAME][student] for student in ("chen", "ada", "zoe"))
    assert [float(chen[part]) for part in ("numerical_gradient", "find_bugs", "total")] == [
        0,
        10,
        14,
    ]
    assert (ada["lms_user_id"], float(ada["score"]), ada["status"]) == ("4711", 20, "graded")
    assert float(ada["hours_late"]) > 1000
    assert (zoe["lms_user_id"], zoe["total"], zoe["status"]) == ("4712", "", "nothing handed in")
    assert [rows["course"][s]["total"] for s in ("ada", "chen", "zoe")] == ["20.0", "14.0", "0"]


def test_grading_again_grades_only_what_is_new(course, monkeypatch):
    monkeypatch.setattr("course.autograde", lambda *_: pytest.fail("graded again"))
    assert len([*course.grade(NAME)]) == len(CLASS) + 1


# A learner alone.


@pytest.fixture
def alone(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_EXCHANGE", raising=False)
    return copy_of_the_course(tmp_path)


def test_fetch_solve_check_submit_and_read(alone):
    work = alone / "my" / "exercises" / NAME / f"{NAME}.ipynb"
    with pytest.raises(Problem, match="make fetch EXERCISE=gradient_checking"):
        list(exercises.check(alone, NAME))

    list(exercises.fetch(alone, NAME))
    source = (SUBMISSIONS / "wrong_squares.py").read_text(encoding="utf-8")
    nbformat.write(grading.notebook(NAME, source), work)
    before = work.read_bytes()
    assert list(exercises.fetch(alone, NAME))[0].startswith("You have it")
    said = []
    with pytest.raises(Problem, match="a worked solution is in solutions/gradient_checking"):
        for line in exercises.check(alone, NAME):
            said.append(" ".join(line.split()))
    assert said[0].startswith("This is your work as you saved it on ")
    assert said[1:3] == ["passes numerical_gradient", "FAILS relative_error"]
    assert grading.header(source)["says"] in said[3]

    said = list(exercises.submit(alone, NAME))
    assert said[2].split() == ["6", "of", "6", "points", "numerical_gradient"]
    assert said[3].split() == ["0", "of", "4", "points", "relative_error"]
    feedback = alone / said[-1].split(": ")[1]
    assert grading.header(source)["says"] in feedback.read_text(encoding="utf-8")
    assert work.read_bytes() == before

    nbformat.write(grading.notebook(NAME), work)
    said = list(exercises.submit(alone, NAME))
    assert said[3].split() == ["4", "of", "4", "points", "relative_error"]
    assert said[-2] == "20 of 20 points in all"
    assert feedback != alone / said[-1].split(": ")[1]


def test_check_survives_lost_and_broken_cells(alone):
    list(exercises.fetch(alone, NAME))
    work = alone / "my" / "exercises" / NAME / f"{NAME}.ipynb"
    source = (SUBMISSIONS / "right_own_parts.py").read_text(encoding="utf-8")
    notebook = grading.notebook(NAME, source)
    cells = {cell.id: cell for cell in notebook.cells}
    cells["relative_error"].source = "def relative_error(a, b)\n    return 0"
    notebook.cells.remove(cells["test_numerical_gradient"])
    notebook.cells.remove(cells["find_bugs"])
    nbformat.write(notebook, work)
    said = []
    with pytest.raises(Problem):
        for line in exercises.check(alone, NAME):
            said.append(" ".join(line.split()))
    assert said[1:3] == ["passes numerical_gradient", "FAILS relative_error"]
    assert "SyntaxError" in said[3]
    assert said[4:6] == [
        "FAILS find_bugs",
        "find_bugs is not defined yet: run the cell that defines it first.",
    ]


# A class exchange.


def test_submitting_to_a_class_that_has_not_begun(alone, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "nowhere"))
    list(exercises.fetch(alone, NAME))
    with pytest.raises(Problem, match="could not be handed in to .*nowhere"):
        list(exercises.submit(alone, NAME))


def test_a_shared_folder_carries_work_and_feedback(alone, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "shared"))
    teacher = Course(alone)
    list(teacher.release(NAME))
    with pytest.raises(Problem, match="make collect comes first"):
        list(teacher.grade(NAME))
    with pytest.raises(Problem, match="make grade comes first"):
        list(teacher.feedback(NAME))
    list(exercises.fetch(alone, NAME))
    said = list(exercises.submit(alone, NAME))
    assert said[1] == f"Handed in: {NAME}"
    assert (tmp_path / "shared").stat().st_mode & 0o7777 == 0o1777
    assert "no feedback yet" in list(exercises.fetch(alone, NAME))[-1]
    for step in (teacher.collect, teacher.grade, teacher.feedback):
        list(step(NAME))
    assert (alone / list(exercises.fetch(alone, NAME))[-1].split(": ")[1]).exists()


# The command line.


def test_an_unknown_exercise_is_answered_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["exercises.py", "fetch", ""])
    sentence = "make fetch EXERCISE=its_name. There are: .*gradient_checking"
    with pytest.raises(SystemExit, match=sentence):
        exercises.main()


# Essays, which a person grades.


def test_essays_are_counted_handed_in_and_graded_by_hand(alone, monkeypatch):
    list(exercises.fetch(alone, "reflection"))
    work = alone / "my" / "exercises" / "reflection" / "reflection.ipynb"
    with pytest.raises(Problem, match="6 of 6 essays are not written yet"):
        list(exercises.check(alone, "reflection"))
    notebook = nbformat.read(work, 4)
    written = essays(notebook)
    for number, cell in enumerate(written.values()):
        cell.source = "word " * (100 + 40 * number)
    nbformat.write(notebook, work)
    said = [line.split() for line in exercises.check(alone, "reflection")]
    assert [line[0] for line in said[1:7]] == ["100", "140", "180", "220", "260", "300"]
    assert [len(line) > 3 for line in said[1:7]] == [True, False, False, False, True, True]

    said = list(exercises.submit(alone, "reflection"))
    assert said[-1].startswith("Handed in: 6 essays. Read them yourself")
    course = Course(alone)
    line, _ = course.grade("reflection")
    assert line.endswith("essays to read in the formgrader: 6")
    with course.api.gradebook as gradebook:
        graded = gradebook.find_submission_notebook("reflection", "reflection", course.learner)
        for grade in graded.grades:
            grade.manual_score = 4
        gradebook.db.commit()
    assert sum(score for score, _ in course.scores("reflection", course.learner).values()) == 24
