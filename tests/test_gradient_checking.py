"""The exercise gradient_checking: its grader accepts what is right and catches what is wrong."""

import sys
from pathlib import Path
from types import SimpleNamespace

import grading
import pytest

import course_lib.grading

NAME = "gradient_checking"
SUBMISSIONS = Path(__file__).parent / "submissions" / NAME


def graded(source):
    return grading.grade(NAME, grading.notebook(NAME, source))


def sources(kind):
    files = sorted(SUBMISSIONS.glob(f"{kind}_*.py"))
    return [pytest.param(file.read_text(encoding="utf-8"), id=file.stem) for file in files]


def test_there_are_enough_submissions():
    assert len(sources("right")) >= 6
    assert len(sources("wrong")) >= 12


@pytest.mark.parametrize("source", sources("right"))
def test_right_answers_score_full_marks(source):
    grade = graded(source)
    assert (grade.total, grade.said) == (20, {part: [] for part in grade.parts})


@pytest.mark.parametrize("source", sources("wrong"))
def test_a_mistake_costs_points_where_it_is_and_is_named(source):
    head, grade = grading.header(source), graded(source)
    part = head["part"]
    assert grade.of(part) < grade.most(part)
    assert grade.of(part) == float(head.get("scores", grade.of(part)))
    assert any(head["says"] in text for text in grade.said[part]), grade.said[part]
    for other in set(grade.parts) - {part}:
        assert grade.of(other) == grade.most(other), grade.said[other]


@pytest.fixture
def tools_put_back():
    yield
    for module, tools in course_lib.grading._TOOLS.items():
        module.__dict__.update(tools)


@pytest.mark.parametrize("source", [s for s in sources("tampered") if s.id != "tampered_jupyter"])
def test_who_tampers_with_the_tests_scores_nothing(source, tools_put_back):
    grade = graded(source)
    assert grade.total == 0
    for said in grade.said.values():
        assert grading.header(source)["says"] in said[0]


@pytest.fixture
def jupyter(monkeypatch):
    """What the canary looks at in Jupyter, before anyone touches it."""
    printers = SimpleNamespace(type_printers={float: repr, int: repr})
    shell = SimpleNamespace(
        ast_transformers=[],
        input_transformers_post=[],
        custom_exceptions=(),
        display_formatter=SimpleNamespace(formatters={"text/plain": printers}),
        **dict.fromkeys(["showtraceback", "_showtraceback"], print),
        **dict.fromkeys(["run_cell", "run_cell_async", "run_ast_nodes"], print),
    )
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setattr(course_lib.grading, "_HOOKS", course_lib.grading._shell_hooks())
    return shell


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda shell: shell.ast_transformers.append(1), "an AST transformer"),
        (lambda shell: shell.input_transformers_post.append(1), "an input transformer"),
        (lambda shell: setattr(shell, "custom_exceptions", (Exception,)), "a custom exception"),
        (lambda shell: setattr(shell, "showtraceback", max), "how IPython shows errors"),
        (lambda shell: setattr(shell, "run_cell", max), "how IPython runs cells"),
        (lambda shell: printers_of(shell).update({float: str}), "how numbers are shown"),
    ],
)
def test_the_canary_notices_changes_in_jupyter(jupyter, tamper, named):
    assert graded("").total == 20
    tamper(jupyter)
    grade = graded("")
    assert grade.total == 0
    assert named in grade.said["find_bugs"][0]


def printers_of(shell):
    return shell.display_formatter.formatters["text/plain"].type_printers


def test_a_blank_notebook_scores_nothing():
    grade = grading.grade(NAME, grading.stub(NAME))
    assert grade.total == 0
    for part, said in grade.said.items():
        assert set(said) == {f"{part} is not written yet."}


def test_functions_that_return_nothing_score_nothing():
    grade = graded(
        "def numerical_gradient(*args, **kwargs):\n    pass\n"
        "def relative_error(*args):\n    pass\n"
        "def find_bugs(*args):\n    pass\n"
    )
    assert grade.total == 0


def test_a_part_is_graded_with_earlier_parts_that_are_right():
    own_parts = (SUBMISSIONS / "right_own_parts.py").read_text(encoding="utf-8")
    find_bugs = own_parts[own_parts.index("def find_bugs") :]
    blank = "def {}(*args, **kwargs):\n    raise NotImplementedError()\n"
    grade = graded(blank.format("numerical_gradient") + blank.format("relative_error") + find_bugs)
    assert [grade.of(part) for part in grade.parts] == [0, 0, 10]


def test_an_error_is_told_with_its_line():
    grade = graded("def relative_error(a, b):\n    size = 0\n    return 1 / size\n")
    assert grade.said["relative_error"][0] == (
        "relative_error stopped with ZeroDivisionError: division by zero, in line 3 of the cell "
        "(relative_error)."
    )
