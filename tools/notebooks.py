"""Exercise notebooks: their parts, their tests, and how to run them."""

from copy import deepcopy

import nbclient
import nbformat
from nbformat import v4

TIME_LIMIT = 60  # seconds per cell, as in nbgrader_config.py
ESSAY_WORDS = 120, 250  # how long an essay should be
# What honest answers have no use for.
SUSPECT = ("get_ipython", "grading", "sys.modules", "builtins", "setprofile", "this test passes")
PASSES = ": this test passes."  # as course_lib.grading says it
SILENT = (
    "This test did not run to its end, and scores 0. Something in the notebook keeps the tests "
    "from running, or from printing that they pass (is sys.stdout replaced?)."
)


class Problem(Exception):
    """Something that the user can put right; its text says what."""


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _is(role, cell):
    return cell.metadata.get("nbgrader", {}).get(role, False)


def _lines(source):
    """The lines of a cell, whatever an editor did to their ends."""
    return [line.rstrip() for line in source.splitlines()]


def with_tests_of(original, work):
    """The notebook ``work`` in the shape of ``original``: what a grader needs of it is there.

    Tests and other locked cells are those of ``original``, and in place. Lost ones come back, and
    so do essays. A cell that lost its name or its kind gets it again. Of copies of one cell only
    one keeps the name: the last that was written in.
    """
    work = v4.upgrade(deepcopy(work))  # from here on every cell has an id
    named = {grade_id(cell): cell for cell in original.cells if grade_id(cell)}
    copies = {name: [] for name in named}
    for cell in work.cells:
        name = _name(cell, named)
        cell.metadata.pop("nbgrader", None)
        if name:
            copies[name].append(cell)
    kept = {}
    for name, found in copies.items():
        written = [cell for cell in found if cell.source != named[name].source]
        if found:
            kept[id((written or found)[-1])] = named[name]
    cells = [_restored(cell, kept[id(cell)]) if id(cell) in kept else cell for cell in work.cells]
    place = 0
    for name, cell in named.items():
        found = [i for i, other in enumerate(cells) if grade_id(other) == name]
        if not found and (_is("locked", cell) or _is_essay(cell)):
            cells.insert(place, cell)
            found = [place]
        place = found[0] + 1 if found else place
    return nbformat.from_dict({**work, "cells": cells})


def _name(cell, named):
    """A cell's name; where an editor dropped it, the cell's id still tells."""
    name = grade_id(cell) or cell.get("id")
    return name if name in named else None


def _restored(cell, original):
    """The cell with name, role and kind of the original; a locked one is the original."""
    if _is("locked", original):
        return original
    outputs = {"outputs": [], "execution_count": None} if original.cell_type == "code" else {}
    return nbformat.from_dict(
        {**original, "source": cell.source, "id": cell.get("id", original.id), **outputs}
    )


def oddities(original, work):
    """What a person should know of a notebook before trusting its score, in a few words each."""
    named = {grade_id(cell): cell for cell in original.cells if grade_id(cell)}
    copies = {name: [] for name in named}
    own = []
    for cell in work.cells:
        name = _name(cell, named)
        if name:
            copies[name].append(cell.source)
        if cell.cell_type == "code" and not (name and _is("locked", named[name])):
            own.append(cell.source)
    changed = {
        name
        for name, cell in named.items()
        if _is("locked", cell)
        and any(_lines(source) != _lines(cell.source) for source in copies[name])
    }
    found = {
        "deleted": [name for name in named if not copies[name]],
        "there more than once": [name for name in named if len(copies[name]) > 1],
        "changed and put back": sorted(changed),
        "read the code, it mentions": [w for w in SUSPECT if any(w in text for text in own)],
    }
    return [f"{what}: {', '.join(names)}" for what, names in found.items() if names]


def is_of(original, work):
    """Whether ``work`` has any cell to be written in that ``original`` has."""
    named = {grade_id(cell) for cell in original.cells if _is("solution", cell)}
    return any(_name(cell, named) for cell in work.cells)


def parts(notebook):
    """Which tests belong to which part, by their ids; a solution cell names its part."""
    found, part = {}, None
    for cell in notebook.cells:
        if _is_essay(cell):
            continue
        if _is("solution", cell):
            part = grade_id(cell)
            found[part] = []
        elif _is("grade", cell):
            found[part].append(grade_id(cell))
    return found


def essays(notebook):
    """The cells that a person reads and grades, by their ids."""
    return {grade_id(cell): cell for cell in notebook.cells if _is_essay(cell)}


def _is_essay(cell):
    return _is("solution", cell) and _is("grade", cell)


def complaints(notebook, part, tests):
    """What the errors in the cells of a part say."""
    return [
        f"Its cell stops with {output.ename}: {output.evalue}"
        if grade_id(cell) == part
        else output.evalue
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if grade_id(cell) in (part, *tests) and output.output_type == "error"
    ]


def is_test(cell):
    return _is("grade", cell) and not _is_essay(cell)


def must_have_run(cell):
    """Add an error to a test cell that says nothing: some way or other its test did not run."""
    said = "".join(output.get("text", "") for output in cell.outputs)
    failed = any(output.output_type == "error" for output in cell.outputs)
    if not failed and said.count(PASSES) < cell.source.count("@graded_test"):
        # A plain dictionary: nbformat's makers rely on what a submission may have replaced.
        error = {"output_type": "error", "ename": "Wrong", "evalue": SILENT, "traceback": [SILENT]}
        cell.outputs.append(nbformat.from_dict(error))


def run(notebook, folder):
    """Execute a notebook from top to bottom in a kernel of its own; errors do not stop it."""
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIME_LIMIT,
        interrupt_on_timeout=True,
        allow_errors=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        notebook = client.execute()
    except nbclient.exceptions.DeadKernelError:
        raise Problem("The notebook crashed its kernel. Does it need too much memory?") from None
    for cell in notebook.cells:
        if is_test(cell):
            must_have_run(cell)
    return notebook
