"""The instructor's side of the exercises, on nbgrader's own machinery.

Every method does one step for one exercise and yields the sentences that report it.
"""

import contextlib
import datetime
import shutil
import sqlite3
import tempfile
from copy import deepcopy
from pathlib import Path

from autograde import autograde, reason
from container import must_work
from gradebook import Gradebook
from inbound import collect
from limits import ExecuteWithin
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.utils import capture_log
from notebooks import Problem
from reports import line, table, tables

BACKUPS = 10  # of the gradebook


class Course(Gradebook):
    """The course in the repository at ``root``, as its nbgrader_config.py describes it."""

    def generate(self, name):
        """Write exercises/<name> from solutions/<name>; as a whole it is never gone."""
        files = self.generated(name)
        target = self.root / "exercises" / name
        for path, data in files.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(data)
        for file in [*target.rglob("*")]:
            if file.is_file() and str(file.relative_to(target)) not in files:
                file.unlink()
        yield f"Written: exercises/{name}"

    def generated(self, name, record=False):
        """The files of an exercise, as made from its solution; ``record`` it in the gradebook.

        They are made in a temporary place: nbgrader deletes the old ones before it tries.
        """
        with tempfile.TemporaryDirectory() as place:
            place = Path(place).resolve()
            solution = self.root / "solutions" / name
            if not solution.exists():
                raise Problem(f"There is no solutions/{name} here: a bundle for a class has none.")
            shutil.copytree(solution, place / "solutions" / name)
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
        yield from collect(self, name)
        students = sorted(self.api.get_submitted_students(name))
        yield f"Collected: {len(students)} ({', '.join(students) or 'nobody handed in yet'})"

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
        if ExecuteWithin(config=self.config).container:
            must_work()
        self._back_up()
        for number, one in enumerate(sorted(new), 1):
            yield f"Grading {number} of {len(new)}: {one}"
            autograde(self, name, one)
        written = [*self.export(name)]  # which brings penalties up to date, for the lines as well
        for one in sorted(students):
            yield line(self, name, one)
        yield from written

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

    def export(self, name=""):
        """Write the scores of a class as a table that an LMS can read.

        Part by part for one exercise; without a name, for each exercise and for the course.
        """
        yield from table(self, name) if name else tables(self)

    def feedback(self, name):
        """Write the feedback of every graded submission, and put it into the exchange."""
        if not self.api.get_autograded_students(name):
            raise Problem(f"Nothing of {name} is graded yet: make grade comes first.")
        self.penalise(name)
        for student in sorted(self.api.get_submitted_students(name)):
            why_not = self._feedback(name, student)
            yield (
                f"No feedback for {student}: {why_not}"
                if why_not
                else f"Feedback for {student}: my/grading/feedback/{student}/{name}/{name}.html"
            )

    def _feedback(self, name, student):
        """Write and release the feedback for one student; return why that cannot be, if so."""
        status = self.status(name, student)
        if status != "graded":
            return status
        for step in (self.api.generate_feedback, self.api.release_feedback):
            result = step(name, student)
            if not result["success"]:
                return reason(result)
        return ""

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


def _succeed(result, otherwise):
    if not result["success"]:
        raise Problem(f"{otherwise}. {reason(result)}")
