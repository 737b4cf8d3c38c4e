"""What the tests in the exercises say and notice, tried on gradient_checking."""

import sys
from pathlib import Path
from types import SimpleNamespace

import grading
import numpy as np
import pytest

import course_lib.grading

NAME = "gradient_checking"
SUBMISSIONS = Path(__file__).parent / "submissions" / NAME


def graded(source):
    return grading.grade(NAME, grading.notebook(NAME, source))


def sources(kind):
    files = sorted(SUBMISSIONS.glob(f"{kind}_*.py"))
    return [pytest.param(file.read_text(encoding="utf-8"), id=file.stem) for file in files]


@pytest.fixture
def tools_put_back():
    yield
    for module, tools in course_lib.grading._TOOLS.items():
        module.__dict__.update(tools)


@pytest.mark.parametrize("source", [s for s in sources("tampered") if "jupyter" not in s.id])
def test_who_tampers_with_the_tests_scores_nothing(source, tools_put_back):
    grade = graded(source)
    assert grade.total == 0
    for said in grade.said.values():
        assert grading.header(source)["says"] in said[0]


@pytest.fixture
def jupyter(monkeypatch):
    """What the canary looks at in Jupyter, before anyone touches it."""
    printers = SimpleNamespace(type_printers={float: repr, int: repr})
    reader = dict.fromkeys(["cleanup_transforms", "line_transforms", "token_transformers"], ())
    shell = SimpleNamespace(
        input_transformer_manager=SimpleNamespace(**reader),
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
        (lambda shell: reader_of(shell).update(line_transforms=[1]), "how IPython reads cells"),
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


def reader_of(shell):
    return shell.input_transformer_manager.__dict__


def printers_of(shell):
    return shell.display_formatter.formatters["text/plain"].type_printers


def test_an_error_is_told_with_its_line():
    grade = graded("def relative_error(a, b):\n    size = 0\n    return 1 / size\n")
    assert grade.said["relative_error"][0] == (
        "relative_error stopped with ZeroDivisionError: division by zero, in line 3 of the cell "
        "(relative_error). Say what is to happen where that is 0, before you divide."
    )


def test_the_copy_of_a_test_keeps_its_keyword_defaults():
    def test(relative_error, *, times=2):
        return times

    copy, _ = course_lib.grading._apart(test, {}, globals())
    assert copy(None) == 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("operands could not be broadcast together"), True),
        (NameError("name 'rows' is not defined"), False),
        (KeyError("dimensions"), False),
    ],
)
def test_the_shapes_are_told_where_they_do_not_fit_and_nowhere_else(error, told):
    wrong = course_lib.grading._stopped("forward", error, {}, "X has shape (4, 2).")
    assert ("X has shape" in str(wrong)) is told


def test_arrays_of_different_lengths_that_are_not_as_expected_are_wrong():
    two, three = np.ones(2), np.ones(3)
    with pytest.raises(course_lib.grading.Wrong):
        course_lib.grading.expect("the gradients", [2 * two, three], [two, three])
