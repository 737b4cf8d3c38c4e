"""The instructor's side of the exercises, on nbgrader's own machinery.

Every method does one step for one exercise and yields the sentences that report it.
"""

import contextlib
import csv
import datetime
import re
import shutil
import sqlite3
import tempfile
from copy import deepcopy
from pathlib import Path

import nbformat
from limits import CUT, run_within
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.utils import capture_log, get_username, parse_utc, temp_attrs
from notebooks import (
    Problem,
    complaints,
    essays,
    grade_id,
    is_of,
    oddities,
    parts,
    with_tests_of,
)
from traitlets.config import PyFileConfigLoader

BACKUPS = 10  # of the gradebook
UNGRADED = ("nothing", "could not", "not graded")  # how a status begins where there is no score
IDS = ("student_id", "lms_user_id")
RESULT = ("total", "out_of", "penalty", "score", "status", "hours_late", "handed_in")
# Words in what nbgrader says of a failure, and what they mean.
CAUSES = {
    "DeadKernelError": "Its Python process ended in the middle: a crash, os._exit, or no memory.",
    "Timeout waiting for IOPub": "A cell ran into the time limit and could not be interrupted.",
    "MemoryError": "It needs more memory than a submission may have.",
}
# The same for what a cell says in a submission that was graded all the same.
STOPPED = {
    "CellTimeoutError": "a cell ran into the time limit",
    "MemoryError": "a cell needed too much memory",
    CUT.strip(): "a cell wrote too much, which was cut",
}


class Course:
    """The course in the repository at ``root``, as its nbgrader_config.py describes it."""

    def __init__(self, root):
        self.root = Path(root)
        self.config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        self.config.ExchangeReleaseAssignment.force = True
        self.api = NbGraderAPI(config=self.config)
        self.learner = get_username()

    def generate(self, name):
        """Write exercises/<name> from solutions/<name>."""
        files = self.generated(name)
        target = self.root / "exercises" / name
        if target.exists():
            shutil.rmtree(target)
        for path, data in files.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(data)
        yield f"Written: exercises/{name}"

    def generated(self, name, record=False):
        """The files of an exercise, as made from its solution; ``record`` it in the gradebook.

        They are made in a temporary place: nbgrader deletes the old ones before it tries.
        """
        with tempfile.TemporaryDirectory() as place:
            place = Path(place).resolve()
            shutil.copytree(self.root / "solutions" / name, place / "solutions" / name)
            config = deepcopy(self.config)
            config.CourseDirectory.root = str(place)
            config.CourseDirectory.assignment_id = name
            config.GenerateAssignment.no_database = not record
            config.SaveCells.enabled = record
            app = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
            _succeed(capture_log(app), f"solutions/{name} could not be turned into an exercise")
            made = place / "exercises" / name
            files = sorted(file for file in made.rglob("*") if file.is_file())
            return {str(file.relative_to(made)): file.read_bytes() for file in files}

    def release(self, name):
        """Put the exercise into the exchange."""
        files = self.generated(name, record=True)
        for path, data in files.items():
            file = self.root / "exercises" / name / path
            if not file.exists() or file.read_bytes() != data:
                raise Problem(
                    f"exercises/{name}/{path} is not what solutions/{name} gives now. "
                    f"To write it anew: make generate EXERCISE={name}"
                )
        _succeed(self.api.release_assignment(name), f"{name} could not be released")
        with contextlib.suppress(OSError):  # another instructor's folder
            # Everyone may hand in; nobody may move what belongs to another.
            Path(self.config.Exchange.root).chmod(0o1777)
        yield f"Released: {name}"

    def submit(self, name):
        """Hand the learner's own copy in."""
        self.api.coursedir.assignment_id = name
        app = self.api.exchange.Submit(
            coursedir=self.api.coursedir, authenticator=self.api.authenticator, parent=self.api
        )
        _succeed(capture_log(app), f"{name} could not be handed in to {self.api.exchange_root}")
        yield f"Handed in: {name}"

    def collect(self, name):
        """Take the newest submission of each learner out of the exchange."""
        inbound = Path(self.config.Exchange.root, self.config.CourseDirectory.course_id, "inbound")
        handed_in = {}
        for folder in sorted(inbound.glob(f"*+{name}+*")):
            student, _, time, *_ = folder.name.rsplit("+", 3)
            handed_in[student] = max(time, handed_in.get(student, ""))
        # One by one: a submission that cannot be copied does not hold up the next.
        for student, time in sorted(handed_in.items()):
            self._keep_earlier(name, student, time)
            with temp_attrs(self.api.coursedir, student_id=student):
                result = self.api.collect(name)
            if not result["success"]:
                yield f"{student}: could not be collected. {_reason(result)}"
            elif "cheating attempt" in result.get("log", ""):
                yield f"{student}: what is collected in this name belongs to another account."
        students = sorted(self.api.get_submitted_students(name))
        yield f"Collected: {len(students)} ({', '.join(students) or 'nobody handed in yet'})"

    def _keep_earlier(self, name, student, time):
        """Keep what was collected before, where newer work is going to take its place."""
        collected = self._place("submitted", name, student)
        before = self.api.coursedir.get_existing_timestamp(collected)
        if collected.exists() and before != parse_utc(time):
            word = f"{before:%Y-%m-%dT%H%M%S}" if before else "of_unknown_time"
            shutil.copytree(
                collected, self._place("earlier", name, student) / word, dirs_exist_ok=True
            )

    def _place(self, step, name, student):
        return self.root / "my" / "grading" / step / student / name

    def grade(self, name, student=""):
        """Grade what is new; or, in any case, the work of one student, or of "all"."""
        students = self.api.get_submitted_students(name)
        if not students:
            raise Problem(f"Nothing of {name} is collected yet: make collect comes first.")
        if student and student not in {"all", *students}:
            raise Problem(f"Nothing of {name} is collected from {student!r}.")
        new = students - self.api.get_autograded_students(name)
        if student:
            new = students if student == "all" else {student}
        if new:
            self._back_up()
        for one in sorted(new):
            self._grade(name, one)
        for one in sorted(students):
            yield self._report(name, one)
        yield from self.export(name)

    def _back_up(self):
        """A dated copy of the gradebook; the newest ten stay."""
        book, folder = (self.root / "my" / "grading" / part for part in ("gradebook.db", "backups"))
        folder.mkdir(exist_ok=True)
        copy = folder / f"gradebook_{datetime.datetime.now():%Y-%m-%dT%H%M%S_%f}.db"
        with contextlib.closing(sqlite3.connect(book)) as old:
            with contextlib.closing(sqlite3.connect(copy)) as new:
                old.backup(new)
        for old in sorted(folder.glob("gradebook_*.db"))[:-BACKUPS]:
            old.unlink()

    def _grade(self, name, student):
        """Grade one submission, or write down why that is not possible."""
        limits = self.config.Limits
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            task = (str(self.root), name, student, place)
            why = run_within(_autograde, task, limits.seconds, limits.memory)
        note = self._place("not_graded", name, student).with_suffix(".txt")
        if why:
            # What nbgrader leaves of it would pass for graded.
            shutil.rmtree(self._place("autograded", name, student), ignore_errors=True)
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(why, encoding="utf-8")
        else:
            note.unlink(missing_ok=True)

    def status(self, name, student):
        """Whether there are scores, and what else is to be done, as a short text."""
        note = self._place("not_graded", name, student).with_suffix(".txt")
        if student not in self.api.get_submitted_students(name):
            return "nothing handed in"
        if note.exists():
            return f"could not be graded. {note.read_text(encoding='utf-8')}"
        if student not in self.api.get_autograded_students(name):
            return "not graded yet"
        wait = self.essays_to_read(name, student)
        return f"essays to read in the formgrader: {wait}" if wait else "graded"

    def _report(self, name, student):
        status = self.status(name, student)
        if status.startswith(UNGRADED):
            return f"{student}: {status}"
        found = list(self.parts(name, student))
        total, most = _sum(scores[1:3] for scores in found)
        by_part = ", ".join(f"{part} {score:g}/{points:g}" for part, score, points, _ in found)
        notes = self._notes(name, student) + [status] * (status != "graded")
        more = "".join(f"; {note}" for note in notes)
        return f"{student}: {total:g} of {most:g} points ({by_part}){more}"

    def _notes(self, name, student):
        """What the instructor should know of a submission besides its points."""
        folder = self._place("submitted", name, student)
        notes = oddities(self._read("exercises", name), nbformat.read(folder / f"{name}.ipynb", 4))
        others = sorted(file.name for file in folder.glob("*.ipynb") if file.stem != name)
        if others:
            notes.append(f"handed in besides, not graded: {', '.join(others)}")
        said = _outputs(nbformat.read(self._autograded(name, student), 4))
        return notes + [note for word, note in STOPPED.items() if word in said]

    def _read(self, folder, name):
        return nbformat.read(self.root / folder / name / f"{name}.ipynb", 4)

    def _autograded(self, name, student):
        return self._place("autograded", name, student) / f"{name}.ipynb"

    def export(self, name=""):
        """Write the scores of a class as a table that an LMS can read.

        Part by part for one exercise; without a name, for each exercise and for the course.
        """
        if not name:
            yield from self._export_all()
            return
        with self.api.gradebook as gradebook:
            lms = {student.id: student.lms_user_id for student in gradebook.students}
        rows = [
            {"student_id": student, "lms_user_id": lms.get(student) or "", **row}
            for student in sorted({*lms, *self.api.get_submitted_students(name)})
            for row in [self._row(name, student)]
        ]
        yield self._write_table(name, [*IDS, *self._most(name), *RESULT], rows)
        return rows

    def _export_all(self):
        """One table for each exercise in the gradebook, and one for the course."""
        with self.api.gradebook as gradebook:
            names = sorted(assignment.name for assignment in gradebook.assignments)
        course = {}
        for name in names:
            for row in (yield from self.export(name)):
                known = course.setdefault(row["student_id"], {**row, "total": 0, "out_of": 0})
                known[name] = row.get("score", "")
                known["total"] += row.get("score", 0)
                known["out_of"] += row["out_of"]
        yield self._write_table("course", [*IDS, *names, "total", "out_of"], course.values())

    def _write_table(self, name, columns, rows):
        file = self.root / "my" / "grading" / "scores" / f"{name}.csv"
        file.parent.mkdir(exist_ok=True)
        with open(file, "w", newline="", encoding="utf-8") as table:
            writer = csv.DictWriter(table, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return f"Scores: {file.relative_to(self.root)}"

    def _most(self, name):
        """The points of each part, as the solution gives them."""
        cells = {grade_id(cell): cell for cell in self._read("solutions", name).cells}
        return {
            part: sum(cells[test].metadata.nbgrader.points for test in tests)
            for part, tests in self._tests(name).items()
        }

    def _row(self, name, student):
        """A line of the table; scores are empty where there are none, and never a false 0."""
        most, status = self._most(name), self.status(name, student)
        row = {"status": status, "out_of": sum(most.values())}
        if status.startswith(UNGRADED):
            return row
        row |= {part: score for part, score, _, _ in self.parts(name, student)}
        row["total"] = sum(row[part] for part in most)
        with self.api.gradebook as gradebook:
            submission = gradebook.find_submission(name, student)
            row["hours_late"] = round(submission.total_seconds_late / 3600, 2)
            row["penalty"] = submission.late_submission_penalty or 0
            # An instructor who puts a file in by hand leaves no time.
            time = submission.timestamp
            row["handed_in"] = f"{time:%Y-%m-%d %H:%M:%S}" if time else ""
        row["score"] = max(0, row["total"] - row["penalty"])
        return row

    def _tests(self, name):
        solution = self._read("solutions", name)
        return parts(solution) | {essay: [essay] for essay in essays(solution)}

    def scores(self, name, student):
        """Score and points of every test cell."""
        with self.api.gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(name, name, student)
            return {grade.name: (grade.score, grade.max_score) for grade in notebook.grades}

    def essays_to_read(self, name, student):
        """How many essays nobody has graded yet."""
        with self.api.gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(name, name, student)
            return sum(grade.needs_manual_grade for grade in notebook.grades)

    def parts(self, name, student):
        """Of each part its name, score, points, and what the tests that failed say."""
        scores = self.scores(name, student)
        notebook = nbformat.read(self._autograded(name, student), 4)
        for part, tests in self._tests(name).items():
            said = complaints(notebook, part, tests)
            yield part, *_sum(scores[test] for test in tests), said

    def feedback(self, name):
        """Write the feedback of every graded submission, and put it into the exchange."""
        students = sorted(self.api.get_autograded_students(name))
        if not students:
            raise Problem(f"Nothing of {name} is graded yet: make grade comes first.")
        for student in sorted(self.api.get_submitted_students(name) - set(students)):
            yield f"No feedback for {student}: {self.status(name, student)}"
        for student in students:
            failed = f"The feedback for {student} could not be "
            _succeed(self.api.generate_feedback(name, student), failed + "written")
            _succeed(self.api.release_feedback(name, student), failed + "released")
            yield f"Feedback for {student}: my/grading/feedback/{student}/{name}/{name}.html"

    def fetch_feedback(self, name):
        """Copy the learner's own feedback from the exchange to beside the exercise."""
        handed_in = Path(self.config.Exchange.cache, self.config.CourseDirectory.course_id)
        times = sorted(folder.name.split("+")[2] for folder in handed_in.glob(f"*+{name}+*"))
        if not times:
            return
        with contextlib.suppress(ExchangeError):  # the instructor has not begun
            self.api.fetch_feedback(name, self.learner)
        feedback = f"my/exercises/{name}/feedback/{times[-1]}/{name}.html"
        if (self.root / feedback).exists():
            yield f"Your feedback (open it in a browser): {feedback}"
        else:
            yield "There is no feedback yet on what you handed in last."


def _sum(scores):
    """The sums of scores and of points."""
    return map(sum, zip(*scores, strict=True))


def _succeed(result, otherwise):
    if not result["success"]:
        raise Problem(f"{otherwise}. {_reason(result)}")


def _reason(result):
    """The last complaint in nbgrader's log, as one line."""
    lines = [
        line for line in result.get("log", "").splitlines() if line.startswith(("[ERR", "[CR"))
    ]
    return (lines or result["error"].strip().splitlines())[-1].split("] ", 1)[-1]


def _cause(result):
    """Why nbgrader could not grade a submission: the first error in its log, as one line."""
    log = result.get("log", "") + result["error"]
    known = [text for word, text in CAUSES.items() if word in log]
    raised = re.findall(r"^[\w.]*(?:Error|Exception)\b.*", log, re.M)
    return (known or raised or [_reason(result)])[0]


def _outputs(notebook):
    """All that the cells of a notebook said, as one text."""
    return "\n".join(
        f"{output.get('ename', '')} {output.get('evalue', '')} {output.get('text', '')}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def _autograde(root, name, student, place):
    """Grade a submission on a copy in ``place``, and return why that failed, if it did."""
    course = Course(root)
    handed_in, copy = course._place("submitted", name, student), Path(place, student, name)
    file = handed_in / f"{name}.ipynb"
    try:
        if not file.exists():
            found = ", ".join(sorted(path.name for path in handed_in.glob("*.ipynb")))
            return f"{file.name} is missing; notebooks handed in: {found or 'none'}."
        original = course._read("exercises", name)
        try:
            work = nbformat.read(file, 4)
            if not is_of(original, work):
                return f"{file.name} has none of the cells of this exercise."
            work = with_tests_of(original, work)
        except MemoryError:
            raise
        except Exception as error:
            return f"{file.name} cannot be read as a notebook ({type(error).__name__})."
        shutil.copytree(handed_in, copy, ignore=shutil.ignore_patterns("*.ipynb"))
        nbformat.write(work, copy / file.name)
        course.api.coursedir.submitted_directory = place
        result = course.api.autograde(name, student)
    except MemoryError:
        return "It needs more memory than a submission may have."
    return "" if result["success"] else _cause(result)
