"""A learner's copies: made once, brought up to date, started afresh, never overwritten."""

import datetime
import json
import types

import pytest
from workspace import ROOT, Workspace

TODAY = datetime.date(2027, 3, 1)
CHAPTER = "chapters/02_gradient_descent.ipynb"
EXERCISE = "exercises/finding/finding.ipynb"


def write(file, source, **cell):
    """A notebook of one executed cell."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": "3\n"}]
    cell = {"execution_count": 1, "outputs": outputs, **cell}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": source, **cell}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}))


def source(file):
    return json.loads(file.read_text())["cells"][0]["source"]


@pytest.fixture(autouse=True)
def one_day(monkeypatch):
    """The tests may run on past midnight."""
    day = types.SimpleNamespace(today=lambda: TODAY)
    monkeypatch.setattr("workspace.datetime", types.SimpleNamespace(date=day))


@pytest.fixture
def repository(tmp_path):
    """A small course, in a folder with a space in its name."""
    root = tmp_path / "a course"
    for name in (CHAPTER, "chapters/00_start_here.ipynb", EXERCISE):
        write(root / name, "1 + 2")
    (root / "exercises/finding/data.csv").write_text("1,2\n")
    return root


@pytest.fixture
def workspace(repository):
    workspace = Workspace(repository)
    workspace.copy_missing()
    return workspace


def test_the_first_copies_are_complete(workspace):
    files = {str(f.relative_to(workspace.my)) for f in workspace.my.rglob("[!.]*") if f.is_file()}
    data = "exercises/finding/data.csv"
    assert files == {CHAPTER, "chapters/00_start_here.ipynb", EXERCISE, data}


def test_a_copy_has_no_outputs(workspace):
    (cell,) = json.loads((workspace.my / CHAPTER).read_text())["cells"]
    assert (cell["source"], cell["outputs"], cell["execution_count"]) == ("1 + 2", [], None)


def test_what_is_no_part_of_the_course_is_not_copied(repository):
    write(repository / "chapters/.ipynb_checkpoints/02-checkpoint.ipynb", "old")
    write(repository / "exercises/finding/.ipynb_checkpoints/x-checkpoint.ipynb", "old")
    write(repository / "exercises/gone/.ipynb_checkpoints/x-checkpoint.ipynb", "old")
    said = Workspace(repository).copy_missing()
    assert "New: my/exercises/gone" not in said
    assert not list((repository / "my").rglob("*checkpoint*"))


def test_copying_again_touches_nothing(workspace, repository):
    write(workspace.my / CHAPTER, "my answer")
    write(repository / CHAPTER, "a new version")
    assert Workspace(repository).copy_missing() == []
    assert source(workspace.my / CHAPTER) == "my answer"


def test_update_says_when_there_is_nothing_to_do(workspace, repository):
    assert Workspace(repository).update() == ["Everything in my/ is up to date."]


def test_a_learner_who_took_the_new_version_by_hand_is_up_to_date(workspace, repository):
    for place in (repository, workspace.my):
        write(place / CHAPTER, "a new version")
    assert Workspace(repository).update() == ["Everything in my/ is up to date."]


def test_update_brings_new_chapters(workspace, repository):
    write(repository / "chapters/03_chain_rule.ipynb", "3")
    assert Workspace(repository).update() == ["New: my/chapters/03_chain_rule.ipynb"]


def test_update_replaces_what_was_only_run(workspace, repository):
    write(workspace.my / CHAPTER, "1 + 2", execution_count=7)
    write(repository / CHAPTER, "a new version")
    assert Workspace(repository).update() == [f"Updated: my/{CHAPTER}"]
    assert source(workspace.my / CHAPTER) == "a new version"


def test_update_keeps_what_the_learner_changed(workspace, repository):
    write(workspace.my / CHAPTER, "my answer")
    write(repository / CHAPTER, "a new version")
    beside = f"chapters/02_gradient_descent_new_{TODAY}.ipynb"
    assert Workspace(repository).update() == [
        f"You changed my/{CHAPTER}: it stays. The new version: my/{beside}"
    ]
    assert source(workspace.my / CHAPTER) == "my answer"
    assert source(workspace.my / beside) == "a new version"
    assert Workspace(repository).update() == ["Everything in my/ is up to date."]


def test_every_later_version_gets_a_name_of_its_own(workspace, repository):
    write(workspace.my / CHAPTER, "my answer")
    for text in ("second version", "third version"):
        write(repository / CHAPTER, text)
        Workspace(repository).update()
    stem = f"chapters/02_gradient_descent_new_{TODAY}"
    assert source(workspace.my / f"{stem}.ipynb") == "second version"
    assert source(workspace.my / f"{stem}_2.ipynb") == "third version"


def test_an_exercise_is_kept_or_replaced_as_a_whole(workspace, repository):
    write(workspace.my / EXERCISE, "my answer")
    (repository / "exercises/finding/data.csv").write_text("3,4\n")
    assert Workspace(repository).update() == ["Updated: my/exercises/finding"]
    write(repository / EXERCISE, "a new version")
    Workspace(repository).update()
    beside = workspace.my / f"exercises/finding_new_{TODAY}"
    assert source(workspace.my / EXERCISE) == "my answer"
    assert source(beside / "finding.ipynb") == "a new version"
    assert (beside / "data.csv").exists()


@pytest.mark.parametrize("record", [None, "not json"])
def test_without_its_record_every_copy_counts_as_changed(workspace, repository, record):
    (workspace.my / ".copied.json").unlink()
    if record:
        (workspace.my / ".copied.json").write_text(record)
    write(repository / CHAPTER, "a new version")
    assert "it stays" in " ".join(Workspace(repository).update())
    assert source(workspace.my / CHAPTER) == "1 + 2"


def test_a_notebook_that_cannot_be_read_is_kept(workspace, repository):
    (workspace.my / CHAPTER).write_text("{")
    write(repository / CHAPTER, "a new version")
    assert "it stays" in " ".join(Workspace(repository).update())


def test_reset_keeps_a_dated_copy(workspace, repository):
    write(workspace.my / CHAPTER, "my answer")
    kept = f"chapters/02_gradient_descent_kept_{TODAY}.ipynb"
    assert Workspace(repository).reset(chapter="2") == [
        f"Your version is kept: my/{kept}",
        f"Fresh: my/{CHAPTER}",
    ]
    assert source(workspace.my / CHAPTER) == "1 + 2"
    assert source(workspace.my / kept) == "my answer"


def test_reset_twice_keeps_both(workspace, repository):
    for text in ("first answer", "second answer"):
        write(workspace.my / CHAPTER, text)
        Workspace(repository).reset(chapter="02")
    stem = f"chapters/02_gradient_descent_kept_{TODAY}"
    assert source(workspace.my / f"{stem}.ipynb") == "first answer"
    assert source(workspace.my / f"{stem}_2.ipynb") == "second answer"


def test_reset_moves_a_whole_exercise(workspace, repository):
    write(workspace.my / EXERCISE, "my answer")
    (workspace.my / "exercises/finding/notes.txt").write_text("mine")
    Workspace(repository).reset(exercise="finding")
    kept = workspace.my / f"exercises/finding_kept_{TODAY}"
    assert source(workspace.my / EXERCISE) == "1 + 2"
    assert (kept / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"chapter": "99"},
        {"chapter": "0"},
        {"exercise": "nothing"},
        {"chapter": "02", "exercise": "finding"},
    ],
)
def test_reset_of_nothing_in_particular_says_what_there_is(workspace, repository, asked):
    write(repository / "chapters/00_start_again.ipynb", "1")
    write(workspace.my / CHAPTER, "my answer")
    with pytest.raises(ValueError, match="There are: chapters/00_start_again.ipynb, "):
        Workspace(repository).reset(**asked)
    assert source(workspace.my / CHAPTER) == "my answer"


def server_config():
    """What the settings file of ``make lab`` sets."""
    config = types.SimpleNamespace(
        FileContentsManager=types.SimpleNamespace(), ServerApp=types.SimpleNamespace()
    )
    path = ROOT / "tools" / "jupyter" / "jupyter_server_config.py"
    exec(compile(path.read_text(), path, "exec"), {"get_config": lambda: config})
    return config


def test_no_message_to_the_browser_waits_for_the_one_before(monkeypatch):
    connection, said = server_config().ServerApp.kernel_websocket_connection_class, []
    monkeypatch.setattr(connection.__base__, "connect", lambda self: said.append("connected"))
    handler = types.SimpleNamespace(set_nodelay=said.append)
    monkeypatch.setattr(connection, "websocket_handler", handler)
    connection.__new__(connection).connect()
    assert said == [True, "connected"]


def test_a_saved_notebook_keeps_the_picture_of_an_explorer_and_not_the_widget():
    config = server_config()
    view = "application/vnd.jupyter.widget-view+json"
    explorer = {"data": {view: {"model_id": "1"}, "image/png": "...", "text/plain": "A picture."}}
    other = {"data": {view: {"model_id": "2"}, "text/plain": "Button()"}}
    cells = [{"outputs": [explorer, other, {"name": "stdout", "text": "x"}]}, {"source": "prose"}]
    config.FileContentsManager.pre_save_hook(
        {"type": "notebook", "content": {"cells": cells}}, path="a.ipynb", contents_manager=None
    )
    assert set(explorer["data"]) == {"image/png", "text/plain"}
    assert view in other["data"]
    config.FileContentsManager.pre_save_hook({"type": "directory", "content": None})
