"""The progress bar: seen while it runs, gone afterwards."""

import io
import sys

import nbformat
import pytest
from execute_notebooks import as_stored
from nbclient import NotebookClient
from nbformat import v4

import course_lib as c
from course_lib import progress

SLOW = "import time; slow = lambda w: time.sleep(0.05) or course_lib.x_squared(w)"


class Terminal(io.StringIO):
    def isatty(self):
        return True

    def screen(self):
        """What is to be seen on the last line, as a terminal understands what was written."""
        line = self.getvalue().split("\r")[-1]
        return line.removesuffix("\x1b[K")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0.0)


def test_a_terminal_shows_how_far_it_is_and_then_nothing(impatient, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    c.minimize(c.x_squared, [5.0], c.SGD(0.1), 40, progress=True)
    assert "step 20 of 41" in terminal.getvalue() and "█" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    assert terminal.screen() == ""


def test_train_counts_epochs(impatient, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    net = c.mlp([2, 2, 1], ["tanh", "sigmoid"])
    c.train(net, net.init_params(0), c.xor(), "mse", c.SGD(0.1), 7, progress=True)
    assert "epoch 6 of 7" in terminal.getvalue() and terminal.screen() == ""


def test_an_interrupted_run_leaves_no_bar(impatient, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    def interrupted(params, step):
        if step == 20:
            raise KeyboardInterrupt
        return c.x_squared(params)

    with pytest.raises(KeyboardInterrupt):
        c.minimize(interrupted, [5.0], c.SGD(0.1), 40, progress=True)
    assert "step 20 of 41" in terminal.getvalue() and terminal.screen() == ""


def test_nobody_is_bothered_by_a_short_run_or_in_a_file(monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    c.minimize(c.x_squared, [5.0], c.SGD(0.1), 3, progress=True)
    assert terminal.getvalue() == ""
    monkeypatch.undo()
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    c.minimize(c.x_squared, [5.0], c.SGD(0.1), 40, progress=True)
    assert capsys.readouterr() == ("", "")


def test_the_bar_changes_no_number(impatient):
    runs = [c.minimize(c.x_squared, [5.0], c.SGD(0.1), 9, progress=show) for show in (True, False)]
    assert (runs[0].loss == runs[1].loss).all()


def test_a_notebook_keeps_no_trace_of_it():
    """The bar must appear (its pictures go to one output), and end as nothing at all."""
    notebook = v4.new_notebook()
    run = "course_lib.minimize(slow, [5.0], course_lib.SGD(0.1), 30, progress=True)"
    notebook.cells = [
        v4.new_code_cell(f"import course_lib\n{SLOW}", id="first"),
        v4.new_code_cell(f"print('before')\nprint({run})", id="second"),
    ]
    seen = []

    class Client(NotebookClient):
        def process_message(self, message, cell, index):
            seen.append((message["msg_type"], message["content"].get("data", {})))
            return super().process_message(message, cell, index)

    Client(notebook, kernel_name="python3", extra_arguments=["--log-level=ERROR"]).execute()
    pictures = [data["text/plain"] for kind, data in seen if kind == "update_display_data" and data]
    assert len(pictures) >= 2 and all("of 31" in picture for picture in pictures)
    stored = nbformat.reads(as_stored(notebook), as_version=4).cells[1].outputs
    assert [output.output_type for output in stored] == ["stream"]
    assert stored[0].text.startswith("before\nHistory(30 steps")
