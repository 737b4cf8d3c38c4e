"""What is known of each submission: where it is, how it stands, what it scored.

The gradebook is nbgrader's; the settings are in nbgrader_config.py.
"""

from pathlib import Path

import nbformat
from nbformat import v4
from nbgrader.apps.api import NbGraderAPI
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import get_username
from notebooks import complaints, essays, grade_id, parts
from traitlets.config import PyFileConfigLoader

UNGRADED = ("nothing", "could not", "not graded")  # how a status begins where there is no score


class Gradebook:
    """The submissions to the course in the repository at ``root``."""

    def __init__(self, root):
        self.root = Path(root)
        self.config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        self.config.ExchangeReleaseAssignment.force = True
        self.api = NbGraderAPI(config=self.config)
        self.learner = get_username()

    # Where things are.

    def place(self, step, name, student):
        """The folder of a submission, in the folder of a step such as "submitted"."""
        return self.root / "my" / "grading" / step / student / name

    def note(self, name, student):
        """The file that says why a submission could not be graded."""
        return self.place("not_graded", name, student).with_suffix(".txt")

    def read(self, folder, name):
        """The notebook of an exercise in "solutions" or "exercises"."""
        return nbformat.read(self.root / folder / name / f"{name}.ipynb", 4)

    def autograded(self, name, student):
        """A submission's notebook as it was after its tests ran."""
        return nbformat.read(self.place("autograded", name, student) / f"{name}.ipynb", 4)

    # How things stand.

    def status(self, name, student):
        """Whether there are scores, and what else is to be done, as a short text."""
        note = self.note(name, student)
        if student not in self.api.get_submitted_students(name):
            return "nothing handed in"
        if note.exists():
            return f"could not be graded. {note.read_text(encoding='utf-8')}"
        if student not in self.api.get_autograded_students(name):
            return "not graded yet"
        wait = self.essays_to_read(name, student)
        return f"essays to read in the formgrader: {wait}" if wait else "graded"

    def tests(self, name):
        """The ids of the cells with points, for each part and each essay."""
        solution = self.read("solutions", name)
        return parts(solution) | {essay: [essay] for essay in essays(solution)}

    def most(self, name):
        """The points of each part, as the solution gives them."""
        cells = {grade_id(cell): cell for cell in self.read("solutions", name).cells}
        return {
            part: sum(cells[test].metadata.nbgrader.points for test in tests)
            for part, tests in self.tests(name).items()
        }

    def scores(self, name, student):
        """Score and points of every test cell."""
        with self.api.gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(name, name, student)
            return {grade.name: (grade.score, grade.max_score) for grade in notebook.grades}

    def parts(self, name, student):
        """Of each part its name, score, points, and what the tests that failed say."""
        scores = self.scores(name, student)
        notebook = self.autograded(name, student)
        for part, tests in self.tests(name).items():
            score, points = map(sum, zip(*(scores[test] for test in tests), strict=True))
            yield part, score, points, complaints(notebook, part, tests)

    def essays_to_read(self, name, student):
        """How many essays nobody has graded yet."""
        with self.api.gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(name, name, student)
            return sum(grade.needs_manual_grade for grade in notebook.grades)

    def time(self, name, student):
        """When a submission was handed in, by how many hours that is late, and what it costs."""
        with self.api.gradebook as gradebook:
            found = gradebook.find_submission(name, student)
            late = round(found.total_seconds_late / 3600, 2)
            return found.timestamp, late, found.late_submission_penalty or 0

    def penalise(self, name):
        """Take off for lateness what the due date and the policy say now.

        nbgrader does so while the tests run: before the essays are read, and not again when the
        due date or the policy is changed.
        """
        step = AssignLatePenalties(config=self.config)
        step.log.setLevel("ERROR")
        asked = {"notebook": name, "assignment": name, "db_url": self.api.coursedir.db_url}
        graded = self.api.get_autograded_students(name) & self.api.get_submitted_students(name)
        for student in sorted(graded):
            step.preprocess(v4.new_notebook(), {"nbgrader": asked | {"student": student}})
