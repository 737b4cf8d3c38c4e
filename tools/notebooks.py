"""Exercise notebooks: their parts, their tests, and how to run them."""

import nbclient
import nbformat

TIME_LIMIT = 60  # seconds per cell, as in nbgrader_config.py
ESSAY_WORDS = 120, 250  # how long an essay should be


class Problem(Exception):
    """Something that the user can put right; its text says what."""


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _is(role, cell):
    return cell.metadata.get("nbgrader", {}).get(role, False)


def with_tests_of(original, work):
    """The notebook ``work`` with every locked cell as in ``original``; lost ones come back."""
    locked = {grade_id(cell): cell for cell in original.cells if _is("locked", cell)}
    cells = [locked.get(grade_id(cell), cell) for cell in work.cells]
    place = 0
    for cell in original.cells:
        if grade_id(cell) is None:
            continue
        found = [i for i, other in enumerate(cells) if grade_id(other) == grade_id(cell)]
        if not found and grade_id(cell) in locked:
            cells.insert(place, cell)
            found = [place]
        if found:
            place = found[-1] + 1
    return nbformat.from_dict({**work, "cells": cells})


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
        return client.execute()
    except nbclient.exceptions.DeadKernelError:
        raise Problem("The notebook crashed its kernel. Does it need too much memory?") from None
