"""The tests of the graders, tested: they notice a grader that is no good, and nbgrader agrees."""

from pathlib import Path

import graders
import grading
import nbformat
import pytest
import test_exercises as suite
from course import Course
from notebooks import is_test
from test_nbgrader_cycle import copy_of_the_course

pytestmark = pytest.mark.filterwarnings("ignore")

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = {name: {"right": None, "wrong": None} for name in suite.NAMES}
for name, kinds in SAMPLE.items():
    for kind in kinds:
        # From the middle: the first ones by name are the first that anyone tries.
        files = sorted((ROOT / "tests" / "submissions" / name).glob(f"{kind}_*.py"))
        kinds[kind] = files[len(files) // 2].read_text(encoding="utf-8")


def test_the_table_in_the_docs_is_up_to_date():
    # That each file is accepted or caught is what test_exercises.py tests.
    rows = []
    for name in suite.NAMES:
        right, wrong = (suite.submissions(kind, name) for kind in ("right", "wrong"))
        parts = [grading.header(case.values[1])["part"] for case in wrong]
        in_part = [f"{p} {parts.count(p)} of {parts.count(p)}" for p in dict.fromkeys(parts)]
        rows.append(graders.line(name, [True] * len(right), [True] * len(wrong), in_part))
    expected = graders.HEAD + "\n".join(rows) + "\n" + graders.FOOT
    assert graders.DOCUMENT.read_text(encoding="utf-8") == expected, "run tools/graders.py"


@pytest.fixture
def broken(monkeypatch):
    """A function that puts something else into every test cell of every exercise."""
    read = grading._read

    def with_tests(source):
        def read_broken(folder, name):
            notebook = nbformat.from_dict(read(folder, name))
            for cell in filter(is_test, notebook.cells):
                cell.source = source
            return notebook

        monkeypatch.setattr(grading, "_read", read_broken)

    return with_tests


@pytest.mark.parametrize("name", suite.NAMES)
def test_a_grader_that_passes_everything_is_noticed(broken, name):
    suite.test_a_mistake_costs_points_where_it_is_and_is_named(name, SAMPLE[name]["wrong"])
    broken("pass")
    with pytest.raises(AssertionError):
        suite.test_a_mistake_costs_points_where_it_is_and_is_named(name, SAMPLE[name]["wrong"])


@pytest.mark.parametrize("name", suite.NAMES)
def test_a_grader_that_passes_nothing_is_noticed(broken, name):
    suite.test_right_answers_score_full_marks(name, SAMPLE[name]["right"])
    broken("raise AssertionError('no')")
    with pytest.raises(AssertionError):
        suite.test_right_answers_score_full_marks(name, SAMPLE[name]["right"])


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return Course(copy_of_the_course(tmp_path_factory.mktemp("sample")))


@pytest.mark.slow
@pytest.mark.parametrize("name", suite.NAMES)
def test_nbgrader_gives_the_same_scores(course, name):
    list(course.generated(name, record=True))
    for student, source in SAMPLE[name].items():
        folder = course.root / "my" / "grading" / "submitted" / student / name
        folder.mkdir(parents=True)
        nbformat.write(grading.notebook(name, source), folder / f"{name}.ipynb")
    said = [line.split(":")[0] for line in course.grade(name)]
    assert said == ["Grading 1 of 2", "Grading 2 of 2", "right", "wrong", "Scores"]
    for student, source in SAMPLE[name].items():
        scores = {test: score for test, (score, _) in course.scores(name, student).items()}
        assert scores == grading.grade(name, grading.notebook(name, source)).scores
