"""Exercise notebooks: their parts, their tests, and how to run them."""

import nbclient
import nbformat

TIME_LIMIT = 60  # seconds per cell, as in nbgrader_config.py


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
    """The test cells of each part, under the name of the solution cell they follow."""
    found, part = {}, None
    for cell in notebook.cells:
        if _is("solution", cell):
            part = grade_id(cell)
            found[part] = []
        elif _is("grade", cell):
            found[part].append(cell)
    return found


def complaints_of(cell):
    """What the errors among a cell's outputs say."""
    return [output.evalue for output in cell.get("outputs", []) if output.output_type == "error"]


def run(notebook, folder):
    """Execute a notebook from top to bottom in a kernel of its own; errors do not stop it."""
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIME_LIMIT,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        return client.execute()
    except nbclient.exceptions.DeadKernelError:
        raise Problem("The notebook crashed its kernel. Does it need too much memory?") from None
