"""Grade a submission in a fraction of a second, on the cells and by the rules nbgrader uses.

The learner's functions go into the solution cells, every other cell comes from the notebook in
solutions/, hidden tests included. The cells run here, in one process and without Jupyter;
test_nbgrader_cycle.py holds the scores against nbgrader's own.

A submission is a Python file with the functions of some parts; the others are the reference's.
Its first lines are comments: ``# mistake:`` or ``# style:``, ``# part:``, ``# says:``.
"""

import ast
import contextlib
import functools
import io
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade
from notebooks import complaints, grade_id, is_test, must_have_run, parts, with_tests_of

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Grade:
    """What a submission scores: per test cell, and what the tests of each part say (unwrapped)."""

    scores: dict
    points: dict
    said: dict
    parts: dict

    def of(self, part):
        return sum(self.scores[test] for test in self.parts[part])

    def most(self, part):
        return sum(self.points[test] for test in self.parts[part])

    @property
    def total(self):
        return sum(self.scores.values())


@functools.cache
def _read(folder, name):
    return nbformat.read(ROOT / folder / name / f"{name}.ipynb", 4)


def header(source):
    """The first comments of a submission as a dictionary: mistake, part, says, scores."""
    lines = (line for line in source.splitlines() if line.startswith("# "))
    return dict(line[2:].split(": ", 1) for line in lines if ": " in line)


def notebook(name, source=""):
    """A learner's notebook with the functions in ``source``, and the reference's for the rest."""
    work, written = stub(name), _by_part(name, source)
    reference = {grade_id(cell): cell.source for cell in _read("solutions", name).cells}
    for cell in work.cells:
        part = grade_id(cell)
        if part in parts(work):
            cell.source = written.get(part, reference[part])
    return work


def stub(name):
    """The notebook as a learner gets it."""
    return nbformat.from_dict(_read("exercises", name))


def grade(name, work):
    """Run the graded cells of a learner's notebook, and score them."""
    work = with_tests_of(_read("solutions", name), work)
    names = {"__name__": "__main__"}
    for cell in work.cells:
        if cell.cell_type == "code" and grade_id(cell):
            cell.outputs = _run(cell.source, names)
        if is_test(cell):
            must_have_run(cell)
    tests = parts(_read("solutions", name))
    graded = {grade_id(cell): cell for cell in work.cells}
    scored = {test: determine_grade(graded[test]) for ids in tests.values() for test in ids}
    return Grade(
        scores={test: score for test, (score, _) in scored.items()},
        points={test: points for test, (_, points) in scored.items()},
        said={
            part: [" ".join(text.split()) for text in complaints(work, part, ids)]
            for part, ids in tests.items()
        },
        parts=tests,
    )


def _by_part(name, source):
    """The source cut into solution cells; helpers go with the function that follows them."""
    lines, cells, start = source.splitlines(), {}, 0
    for node in ast.parse(source).body:
        part = getattr(node, "name", None)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            part = node.targets[0].id  # a function by another name, or a lambda
        if part in parts(_read("solutions", name)):
            cells[part] = "\n".join(lines[start : node.end_lineno])
            start = node.end_lineno
    return cells


def _run(source, names):
    """The outputs of a cell: its streams, the value of its last expression, its error."""
    # Plain dictionaries: nbformat's own makers rely on tools that a submission may have replaced.
    outputs, streams = [], {"stdout": io.StringIO(), "stderr": io.StringIO()}
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(streams["stdout"]):
        with contextlib.redirect_stderr(streams["stderr"]):
            try:
                exec(compile(tree, "<cell>", "exec"), names)
                if last:
                    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
                    if value is not None:
                        data = {"text/plain": repr(value)}
                        outputs.append({"output_type": "execute_result", "data": data})
            except BaseException as error:
                name = type(error).__name__
                outputs.append({"output_type": "error", "ename": name, "evalue": str(error)})
    for stream, text in streams.items():
        if text.getvalue():
            outputs.append({"output_type": "stream", "name": stream, "text": text.getvalue()})
    return nbformat.from_dict(outputs)
