"""What the report says of a submission: that output was cut, that a test was changed."""

import grading
import pytest
from limits import CUT, ExecuteWithin
from nbformat import from_dict, v4, validate
from notebooks import oddities
from reports import _outputs


@pytest.mark.parametrize("kind", ["stream", "display_data", "error"])
def test_many_outputs_are_cut_in_the_middle_and_the_report_knows(kind):
    step, cell = ExecuteWithin(most_outputs=4), v4.new_code_cell("loud()")
    step.clear_before_next_output = False
    for number in range(10):
        content = {
            "stream": {"name": ("stdout", "stderr")[number % 2], "text": f"-{number}-"},
            "display_data": {"data": {"text/plain": f"-{number}-"}, "metadata": {}},
            "error": {"ename": "Oh", "evalue": f"-{number}-", "traceback": []},
        }[kind]
        message = {"header": {"msg_type": kind}, "msg_type": kind, "content": content}
        message["parent_header"] = {}
        step.output(cell.outputs, message, None, 0)
    step.on_cell_executed(cell=cell, cell_index=0, execute_reply={"content": {"status": "ok"}})
    validate(v4.new_notebook(cells=[cell]))
    said = _outputs(from_dict({"cells": [cell]}))
    assert CUT in said
    assert [n for n in range(10) if f"-{n}-" in said] == [0, 1, 8, 9]


def test_an_editors_line_endings_are_not_a_change_of_a_test():
    original, work = grading.stub("gradient_checking"), grading.stub("gradient_checking")
    for cell in work.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    assert oddities(original, work) == []
    (setup,) = (cell for cell in work.cells if cell.id == "setup")
    setup.source += "\nprint(1)"
    assert oddities(original, work) == ["changed and put back: setup"]
