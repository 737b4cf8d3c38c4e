"""Every notebook is well formed, and gives what is stored, again and again.

That its cells run and print what is stored is also checked cell by cell, by `pytest --nbval`.
"""

import io
from pathlib import Path

import nbformat
import pytest
from execute_notebooks import EXPLORER, METADATA, as_stored, differences, look_alike
from lint_notebooks import lint
from matplotlib.figure import Figure
from nbformat import v4

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = [path.relative_to(ROOT) for path in sorted(ROOT.glob("chapters/*.ipynb"))]
SOLUTIONS = [path.relative_to(ROOT) for path in sorted(ROOT.glob("solutions/*/*.ipynb"))]
NOTEBOOKS = CHAPTERS + SOLUTIONS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=str)
def test_the_notebook_keeps_the_rules(notebook):
    assert lint(ROOT / notebook) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=str)
def test_the_notebook_is_stored_with_its_outputs(notebook):
    cells = nbformat.read(ROOT / notebook, as_version=4).cells
    assert all(cell.execution_count for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=str)
def test_a_run_gives_what_is_stored(notebook, executed):
    stored = nbformat.read(ROOT / notebook, as_version=4)
    fresh = nbformat.reads(run_of(notebook, executed), as_version=4)
    assert differences(stored, fresh) == [], "if the change is meant: make generate"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=str)
def test_a_second_run_gives_the_same_bytes(notebook, executed, executed_again):
    again = (executed_again / notebook).read_text(encoding="utf-8")
    assert run_of(notebook, executed) == again


def run_of(notebook, folder):
    """A run as it would be stored, without what explorers left for pages."""
    return as_stored(nbformat.read(folder / notebook, as_version=4))


# The tools that the tests above rely on.


def picture(color="C0", title="Loss", shift=0.0, height=3):
    fig = Figure(figsize=(4, height))
    ax = fig.subplots()
    ax.plot([0, 1, 2], [1, 0.5 + shift, 0.25], color=color)
    ax.set_title(title)
    data = io.BytesIO()
    fig.savefig(data, format="png")
    return data.getvalue()


def test_pictures_that_differ_by_less_than_a_pixel_look_alike():
    assert picture() != picture(shift=1e-3)
    assert look_alike(picture(), picture(shift=1e-3))


@pytest.mark.parametrize(
    "other", [{"color": "none"}, {"title": "Loss 1"}, {"shift": 0.1}, {"height": 4}]
)
def test_pictures_that_differ_to_the_eye_do_not(other):
    assert not look_alike(picture(), picture(**other))


def with_outputs(*outputs):
    notebook = v4.new_notebook()
    notebook.cells = [v4.new_code_cell("run()", id="run", outputs=list(outputs))]
    return notebook


def shown(text, **more):
    return v4.new_output("display_data", {"text/plain": text, **more})


@pytest.mark.parametrize(
    ("stored", "fresh"),
    [
        ([shown("0.5")], [shown("0.6")]),
        ([shown("0.5")], []),
        ([shown("0.5")], [shown("0.5", **{"text/html": "0.5"})]),
        ([v4.new_output("stream", text="1")], [v4.new_output("stream", text="2")]),
    ],
)
def test_differences_are_found(stored, fresh):
    assert differences(with_outputs(*stored), with_outputs(*fresh)) != []
    assert differences(with_outputs(*stored), with_outputs(*stored)) == []


def test_the_stored_form_has_no_trace_of_the_run():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    notebook = with_outputs(
        v4.new_output("stream", text="one "),
        v4.new_output("stream", text="two"),
        v4.new_output("display_data", widget),
        shown("A falling curve.", **widget, **{EXPLORER: {"settings": {}}}),
    )
    notebook.cells[0].metadata.execution = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    notebook.metadata.widgets = {"state": {}}
    notebook.metadata.language_info = {"name": "python", "version": "3.11.7"}
    expected = with_outputs(v4.new_output("stream", text="one two"), shown("A falling curve."))
    assert as_stored(notebook) == as_stored(expected)
    assert "3.11.7" not in as_stored(notebook)
    assert EXPLORER in as_stored(notebook, explorers=True)


def good_notebook():
    notebook = v4.new_notebook(metadata=METADATA)
    outputs = [shown("A curve that falls from 1 to 0.", **{"image/png": "aGk="})]
    notebook.cells = [
        v4.new_markdown_cell("# Title\n\n## Part\n[next](next.ipynb)", id="title"),
        v4.new_code_cell("plot()", id="plot", execution_count=1, outputs=outputs),
        v4.new_code_cell("x = 1", id="set", execution_count=2),
    ]
    return notebook


def lint_of(notebook, folder):
    chapters = folder / "chapters"
    chapters.mkdir(exist_ok=True)
    (chapters / "next.ipynb").write_text("")
    (folder / "README.md").write_text("")
    path = chapters / "this.ipynb"
    path.write_text(v4.writes(notebook) + "\n")
    return lint(path)


def test_a_good_notebook_passes(tmp_path):
    assert lint_of(good_notebook(), tmp_path) == []


def prose(text):
    return lambda notebook: notebook.cells[0].update(source=f"# Title\n\n{text}")


def code(text):
    return lambda notebook: notebook.cells[2].update(source=text)


def output(output):
    return lambda notebook: notebook.cells[2].update(outputs=[output])


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda n: n.cells[2].update(id="plot"), "not unique"),
        (lambda n: n.cells[2].pop("id"), "missing"),
        (lambda n: n.cells[2].update(color="red"), "not a valid notebook"),
        (lambda n: n.update(nbformat_minor=4), "format 4.4"),
        (lambda n: n.cells[2].update(execution_count=3), "top to bottom"),
        (lambda n: n.cells[2].update(execution_count=None), "top to bottom"),
        (output(v4.new_output("error")), "error or a warning"),
        (output(v4.new_output("stream", name="stderr", text="careful")), "error or a warning"),
        (output(v4.new_output("stream", text="in /home/ada/course")), "path of one machine"),
        (code("open('/Users/ada/data.csv')"), "path of one machine"),
        (code("# NBVAL_IGNORE_OUTPUT"), "carries NBVAL_IGNORE_OUTPUT"),
        (lambda n: n.cells[2].metadata.update(tags=["nbval-skip"]), "carries nbval-skip"),
        (lambda n: n.cells[2].metadata.update(tags=["raises-exception"]), "carries raises"),
        (prose("### Too deep"), "goes from level 1 to 3"),
        (prose("# A second title"), "goes from level 1 to 1"),
        (lambda n: n.cells[1].outputs[0].data.pop("text/plain"), "without a sentence"),
        (lambda n: n.cells[1].outputs[0].data.update({"text/plain": "<Figure>"}), "a sentence"),
        (prose("![](next.ipynb)"), "without alternative text"),
        (prose('<img src="next.ipynb">'), "without alternative text"),
        (prose("![A curve](https://example.org/curve.png)"), "from the network"),
        (code("x = 1\n" * 13), "13 lines"),
        (code("!pip install numpy"), "leaves Python"),
        (code("x = 1\n%pip install numpy"), "leaves Python"),
        (prose("[gone](gone.ipynb)"), "not there"),
        (prose('<a href="gone.ipynb">gone</a>'), "not there"),
        (prose("[about](../README.md)"), "no copy of"),
    ],
)
def test_a_bad_notebook_is_told_why(spoil, complaint, tmp_path):
    notebook = good_notebook()
    spoil(notebook)
    problems = lint_of(notebook, tmp_path)
    assert len(problems) == 1 and complaint in problems[0]


@pytest.mark.parametrize(
    "change",
    [
        prose("```\n# no heading\n```"),
        prose("`[no link](gone.ipynb)`"),
        prose("[elsewhere](https://example.org), [here](#Part), [next](next.ipynb#Part)"),
        lambda n: n.cells[2].update(source="x = 1\n" * 13, metadata={"tags": ["long"]}),
        lambda n: n.cells[2].update(source="x = 1\n" * 13, metadata={"nbgrader": {}}),
    ],
)
def test_what_only_looks_bad_is_fine(change, tmp_path):
    notebook = good_notebook()
    change(notebook)
    assert lint_of(notebook, tmp_path) == []


def test_a_solution_may_link_to_what_goes_out_with_it(tmp_path):
    notebook = v4.new_notebook(metadata=METADATA)
    notebook.cells = [v4.new_markdown_cell("# Title\n[data](data.csv)", id="title")]
    (tmp_path / "data.csv").write_text("")
    path = tmp_path / "finding.ipynb"
    path.write_text(as_stored(notebook))
    assert lint(path) == []


def test_a_notebook_in_another_form_is_told_so(tmp_path):
    lint_of(good_notebook(), tmp_path)
    path = tmp_path / "chapters" / "this.ipynb"
    path.write_text(path.read_text().replace('"name": "python3"', '"name": "course"'))
    assert lint(path) == ["is not in stored form; run: make generate"]
