"""The instructor's side of the exercises, on nbgrader's own machinery.

Every method does one step for one exercise and yields the sentences that report it.
"""

import contextlib
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import nbformat
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.utils import capture_log, get_username
from notebooks import Problem, complaints, essays, parts
from traitlets.config import PyFileConfigLoader


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
        _succeed(self.api.collect(name), f"{name} could not be collected")
        students = sorted(self.api.get_submitted_students(name))
        yield f"Collected: {len(students)} ({', '.join(students) or 'nobody handed in yet'})"

    def grade(self, name):
        """Grade every submission that is new."""
        students = self.api.get_submitted_students(name)
        if not students:
            raise Problem(f"Nothing of {name} is collected yet: make collect comes first.")
        for student in sorted(students - self.api.get_autograded_students(name)):
            result = self.api.autograde(name, student)
            if not result["success"]:
                yield f"{student}: could not be graded. {_reason(result)}"
        for student in sorted(self.api.get_autograded_students(name)):
            found = list(self.parts(name, student))
            total, most = _sum(scores[1:3] for scores in found)
            by_part = ", ".join(f"{part} {score:g}/{points:g}" for part, score, points, _ in found)
            wait = self.essays_to_read(name, student)
            more = f"; essays to read in the formgrader: {wait}" if wait else ""
            yield f"{student}: {total:g} of {most:g} points ({by_part}){more}"

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
        file = self.root / "my" / "grading" / "autograded" / student / name / f"{name}.ipynb"
        notebook = nbformat.read(file, 4)
        solution = nbformat.read(self.root / "solutions" / name / f"{name}.ipynb", 4)
        for part, tests in (parts(solution) | {e: [e] for e in essays(solution)}).items():
            said = complaints(notebook, part, tests)
            yield part, *_sum(scores[test] for test in tests), said

    def feedback(self, name):
        """Write the feedback of every graded submission, and put it into the exchange."""
        students = sorted(self.api.get_autograded_students(name))
        if not students:
            raise Problem(f"Nothing of {name} is graded yet: make grade comes first.")
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
