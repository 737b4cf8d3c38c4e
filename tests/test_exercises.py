"""Every exercise: its grader accepts what is right and catches what is wrong, part by part."""

import ast
from pathlib import Path

import grading
import pytest
from notebooks import parts

ROOT = Path(__file__).resolve().parent.parent
NAMES = sorted(
    folder.name
    for folder in (ROOT / "solutions").glob("[!._]*")
    if parts(grading._read("solutions", folder.name))
)
PARTS = [(name, part) for name in NAMES for part in parts(grading._read("solutions", name))]


def submissions(kind, of=None):
    return [
        pytest.param(name, file.read_text(encoding="utf-8"), id=f"{name}-{file.stem}")
        for name in NAMES
        if of in (None, name)
        for file in sorted((ROOT / "tests" / "submissions" / name).glob(f"{kind}_*.py"))
    ]


def graded(name, source):
    return grading.grade(name, grading.notebook(name, source))


def body(name, text):
    """A function for every part that takes anything and does what ``text`` says."""
    return {p: f"def {p}(*args, **kwargs):\n    {text}\n" for n, p in PARTS if n == name}


@pytest.mark.parametrize("name", NAMES)
def test_there_are_enough_submissions(name):
    assert len(submissions("right", name)) >= 6
    assert len(submissions("wrong", name)) >= 12


@pytest.mark.parametrize(("name", "source"), submissions("right"))
def test_right_answers_score_full_marks(name, source):
    grade = graded(name, source)
    assert grade.said == {part: [] for part in grade.parts}
    assert grade.scores == grade.points


@pytest.mark.parametrize(("name", "source"), submissions("wrong"))
def test_a_mistake_costs_points_where_it_is_and_is_named(name, source):
    head, grade = grading.header(source), graded(name, source)
    part = head["part"]
    assert grade.of(part) < grade.most(part)
    assert grade.of(part) == float(head.get("scores", grade.of(part)))
    assert any(head["says"] in text for text in grade.said[part]), grade.said[part]
    for other in set(grade.parts) - {part}:
        assert grade.of(other) == grade.most(other), grade.said[other]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_scores_full_marks(name):
    grade = graded(name, "")
    assert grade.scores == grade.points


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_notebook_scores_nothing(name):
    grade = grading.grade(name, grading.stub(name))
    assert grade.total == 0
    for part, said in grade.said.items():
        assert set(said) == {f"{part} is not written yet."}


@pytest.mark.parametrize("name", NAMES)
def test_functions_that_return_nothing_score_nothing(name):
    assert graded(name, "".join(body(name, "pass").values())).total == 0


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_a_part_is_graded_with_earlier_parts_that_are_right(name, part):
    blank = body(name, "raise NotImplementedError()")
    grade = graded(name, "".join(text for p, text in blank.items() if p != part))
    assert {p: grade.of(p) for p in grade.parts} == {
        p: grade.most(p) if p == part else 0 for p in grade.parts
    }


def cells(name, role):
    """The trees of the test cells ("grade"), or of the setup cell and other locked ones."""
    for cell in grading._read("solutions", name).cells:
        of = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and of and of["grade"] == (role == "grade"):
            if not of["solution"]:
                yield ast.parse(cell.source)


def imported(tree):
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name for node in nodes for alias in node.names}


@pytest.mark.parametrize("name", NAMES)
def test_no_test_cell_takes_a_name_that_a_learner_may_use(name):
    """Test cells run after the learner's in one namespace: a helper of theirs must survive."""
    taken = set()
    for tree in cells(name, "grade"):
        for node in tree.body:
            targets = getattr(node, "targets", [node])
            names = (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
            taken |= {node.name} if hasattr(node, "name") else set()
            # The methods of a class out here would see the learner's names.
            assert not isinstance(node, ast.ClassDef), f"{node.name}: define it in its test"
            taken |= set(names) if isinstance(node, ast.Assign) else set()
            taken |= imported(node) if isinstance(node, ast.Import | ast.ImportFrom) else set()
    own = ("_grading_", "_reference_", "test_")
    assert {t for t in taken if not t.startswith(own)} <= {"earlier_parts", "graded_test"}


@pytest.mark.parametrize("name", NAMES)
def test_a_learner_may_use_every_name_that_the_tests_use(name):
    """A helper of any name that the setup or a test imports, in every cell, does no harm."""
    used = set().union(*(imported(tree) for role in ("grade", "") for tree in cells(name, role)))
    work = grading.notebook(name)
    taken = {"np", "time", "graded_test", *parts(work)}
    helpers = sorted(key for key in used - taken if not key.startswith("_grading_"))
    for cell in work.cells:
        if (part := grading.grade_id(cell)) in parts(work):
            cell.source = (
                f"_own = {{key: object() for key in {helpers}}}\nglobals().update(_own)\n"
                f"{cell.source}\n_{part} = {part}\n"
                f"def {part}(*args, **kwargs):\n"
                "    for key, value in _own.items(): assert globals()[key] is value, key\n"
                f"    return _{part}(*args, **kwargs)\n"
            )
    grade = grading.grade(name, work)
    assert grade.said == {part: [] for part in grade.parts}
    assert grade.scores == grade.points
