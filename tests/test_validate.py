"""`make validate` names the cells that show something else, and fails then and only then."""

import shutil
from pathlib import Path

import nbformat
import pytest
import validate
from nbformat import v4

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two notebooks, of which one stores what its second cell does not show."""
    monkeypatch.setattr(validate, "ROOT", tmp_path)
    monkeypatch.setattr(validate, "REPORT", tmp_path / "artifacts" / "validate.txt")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "requirements.lock").write_text("nbval==0.1\npytest-none==1\n")
    for name, stored in {"as_before": "3\n", "changed": "4\n"}.items():
        sources = ("a = 1", "print(a + 2)")
        cells = [v4.new_code_cell(source, execution_count=1) for source in sources]
        cells[1].outputs = [v4.new_output("stream", name="stdout", text=stored)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        notebook = v4.new_notebook(cells=cells, metadata=kernel)
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    return tmp_path


def test_the_report_names_the_changed_cell_and_no_other(course, capsys):
    assert validate.main(["."]) == 1
    said = capsys.readouterr().out
    assert "Cells that differ:\n  changed.ipynb::Cell 1\n" in said
    assert "nbval" in said.partition("Running")[0] and "(the lock file has 0.1)" in said
    assert "1 failed, 3 passed" in said and "as_before" not in said
    report = (course / "artifacts" / "validate.txt").read_text()
    assert "4\n" in report and "Traceback" in report


def test_nothing_changed_is_no_failure(course, capsys):
    assert validate.main(["as_before.ipynb"]) == 0
    assert "Cells that differ:\n  none\n2 passed" in capsys.readouterr().out
