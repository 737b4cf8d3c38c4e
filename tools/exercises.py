"""The exercises: fetch, check and submit one; release, collect and grade a class.

    python tools/exercises.py fetch gradient_checking

Learners: fetch, check, submit. Instructors: release, collect, grade, feedback, and in between
export (scores as tables) and bundle (what a class gets). Maintainers: generate, after a change in
solutions/. All but export and bundle are also make targets. docs/instructor.md tells the whole
story.
"""

import argparse
import datetime
import os
import sys
import textwrap
import warnings
from pathlib import Path

import nbformat
from notebooks import ESSAY_WORDS, Problem, complaints, essays, parts, run, with_tests_of
from workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent


# What a learner does.


def fetch(root, name):
    """Put a fresh copy into my/exercises, unless there is one, and any feedback beside it."""
    said = Workspace(root).copy_missing(f"exercises/{name}")
    yield said[0] if said else f"You have it: my/exercises/{name}"
    yield f"Work in my/exercises/{name}/{name}.ipynb, then: make check EXERCISE={name}"
    if os.environ.get("COURSE_EXCHANGE"):
        yield from _course(root).fetch_feedback(name)


def check(root, name):
    """Run the visible tests on a copy, and say part by part what passes."""
    file, work = _work(root, name)
    yield _saved(file)
    original = nbformat.read(root / "exercises" / name / f"{name}.ipynb", 4)
    if essays(original):
        yield from _count_words(essays(original), essays(work), name)
        return
    work = run(with_tests_of(original, work), file.parent)
    said = {part: complaints(work, part, tests) for part, tests in parts(original).items()}
    for part, texts in said.items():
        yield f"{'FAILS ' if texts else 'passes'}  {part}"
        yield from _first(texts)
    failed = sum(map(bool, said.values()))
    yield f"{len(said) - failed} of {len(said)} parts pass their visible tests."
    if failed:
        solution = f"solutions/{name}/{name}.ipynb"
        known = (root / solution).exists()  # a class may have a copy without solutions
        raise Problem(
            f"After an honest try, a worked solution is in {solution}."
            if known
            else "The messages above say what to look at. After that: make check, once more."
        )
    yield f"Hidden tests go further. To have it graded: make submit EXERCISE={name}"


def _count_words(asked, written, name):
    """What a program can say of essays."""
    low, high = ESSAY_WORDS
    missing = 0
    for essay, stub in asked.items():
        text = written[essay].source if essay in written else ""
        count = 0 if text == stub.source else len(text.split())
        missing += count == 0
        note = "" if low <= count <= high else f"  (asked for: {low} to {high})"
        yield f"{count:4} words  {essay}{note}"
    if missing:
        raise Problem(f"{missing} of {len(asked)} essays are not written yet.")
    yield f"A person will read them. To hand them in: make submit EXERCISE={name}"


def submit(root, name):
    """Hand the learner's copy in; with no class exchange, grade it here as well."""
    file, _ = _work(root, name)
    yield _saved(file)
    course = _course(root)
    if os.environ.get("COURSE_EXCHANGE"):
        yield from course.submit(name)
        yield f"When your instructor has released the feedback: make fetch EXERCISE={name}"
        return
    if not (root / "solutions").exists():
        raise Problem(
            "This copy of the course has no hidden tests to grade with. Your instructor can tell "
            "which folder to name in COURSE_EXCHANGE, to hand your work in."
        )
    yield "No class exchange is set (COURSE_EXCHANGE), so your work is graded right here."
    for step in (course.release, course.submit, course.collect, course.grade, course.feedback):
        said = [line for line in step(name) if line.startswith(f"{course.learner}: could not")]
        if said:
            raise Problem(said[0])
    waiting = course.essays_to_read(name, course.learner)
    if waiting:
        yield f"Handed in: {waiting} essays. Read them yourself in a week, by their rubrics."
        return
    total = most = 0
    for part, score, points, texts in course.parts(name, course.learner):
        yield f"{score:g} of {points:g} points  {part}"
        yield from _first(texts)
        total, most = total + score, most + points
    yield f"{total:g} of {most:g} points in all"
    yield from course.fetch_feedback(name)


def _first(texts):
    """The first complaint about a part; the others can wait until it is mended."""
    return [textwrap.indent(text, " " * 8) for text in texts[:1]]


def _course(root):
    from course import Course  # not at the top: nbgrader takes seconds to load

    return Course(root)


def _saved(file):
    moment = datetime.datetime.fromtimestamp(file.stat().st_mtime)
    return f"This is your work as you saved it on {moment:%d %B at %H:%M}."


def _work(root, name):
    file = root / "my" / "exercises" / name / f"{name}.ipynb"
    if not file.exists():
        raise Problem(
            f"There is no my/exercises/{name}/{name}.ipynb. Get it with: make fetch EXERCISE={name}"
        )
    try:
        return file, nbformat.read(file, 4)
    except Exception:
        raise Problem(f"{file.relative_to(root)} cannot be read as a notebook.") from None


# The command line.


def _task_of_course(task):
    def run_task(root, *names):
        yield from getattr(_course(root), task)(*names)

    return run_task


def bundle(root):
    """Pack what a class gets: the course without solutions and hidden tests."""
    from bundle import pack

    yield f"Packed: {pack(root).relative_to(root)}"


TASKS = {"fetch": fetch, "check": check, "submit": submit, "bundle": bundle} | {
    task: _task_of_course(task)
    for task in ("release", "collect", "grade", "feedback", "generate", "export")
}
FOR_ALL = "bundle", "export"  # these need no exercise


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("exercise", nargs="?", default="")
    parser.add_argument("student", nargs="?", help="with grade: whom to grade again, or all")
    asked = parser.parse_args()
    warnings.filterwarnings("ignore", module="nbgrader")  # its own queries worry its database
    known = sorted(path.name for path in (ROOT / "exercises").glob("[!._]*"))
    names = [name for name in (asked.exercise, asked.student) if name]
    try:
        if asked.exercise not in known and (names or asked.task not in FOR_ALL):
            wrong = f"There is no exercise {asked.exercise!r}. " if asked.exercise else ""
            raise Problem(
                f"{wrong}Please name one: make {asked.task} EXERCISE=its_name. "
                f"There are: {', '.join(known)}."
            )
        for line in TASKS[asked.task](ROOT, *names):
            print(line, flush=True)
    except Problem as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
