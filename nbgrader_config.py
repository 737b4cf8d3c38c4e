"""nbgrader's settings for this course. docs/instructor.md describes the loop they serve."""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import Autograde
from nbgrader.preprocessors import ClearHiddenTests, Execute, GetGrades

root = Path(__file__).resolve().parent
sys.path.insert(0, str(root / "tools"))
from limits import ExecuteWithin  # noqa: E402 (it is in tools/)

# Everything that grading leaves behind is here, out of git, and apart from a learner's notebooks.
grading = root / "my" / "grading"
grading.mkdir(parents=True, exist_ok=True)

# nbgrader starts `alembic` by name.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "learning-from-error"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "my/grading/submitted"
c.CourseDirectory.autograded_directory = "my/grading/autograded"
c.CourseDirectory.feedback_directory = "my/grading/feedback"
c.CourseDirectory.db_url = f"sqlite:///{grading / 'gradebook.db'}"

# A class shares a folder. Without one, the learner's own copy of the course does the grading.
c.Exchange.root = os.environ.get("COURSE_EXCHANGE") or str(grading / "exchange")
c.Exchange.cache = str(root / "my" / "handed_in")
c.Exchange.assignment_dir = str(root / "my" / "exercises")
c.Exchange.timestamp_format = "%Y-%m-%dT%H%M%S.%fZ"  # no spaces and colons: it names folders

# A deleted test cell comes back; otherwise its part would wait for a grade by hand.
c.OverwriteCells.add_missing_cells = True
c.Autograde.autograde_preprocessors = [
    ExecuteWithin if step is Execute else step
    for step in Autograde.autograde_preprocessors.default()
]
c.Execute.timeout = 60  # seconds for a cell
c.Execute.iopub_timeout = 20  # and for what it wrote to arrive
c.Limits.seconds = 300  # for a submission
c.Limits.memory = 4 * 2**30  # bytes, on Linux
c.Execute.container = False  # True needs bubblewrap: see docs/instructor.md
c.Execute.extra_arguments = ["--log-level=ERROR", "--HistoryManager.hist_file=:memory:"]

# Feedback shows what the hidden tests say, not what they ask.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
