"""`make lab` and `make test` set themselves up, or say in one sentence what is missing."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def program(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def run_python(folder, *arguments, **variables):
    """Run tools/python.sh where `folder` holds all the programs there are."""
    return subprocess.run(
        ["/bin/sh", ROOT / "tools" / "python.sh", *arguments],
        cwd=folder,
        env={"PATH": str(folder), **variables},
        capture_output=True,
        text=True,
    )


def test_make_help_lists_its_tasks_at_most_sixteen():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    tasks = re.search(r"^\.PHONY: (.*?[^\\])$", text, re.MULTILINE | re.DOTALL)[1]
    tasks = set(tasks.replace("\\\n", " ").split())
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    assert len(tasks) <= 16 and tasks <= set(help_text.split())
    defined = re.findall(r"^([a-z][a-z ]*):(?!=)", text, re.MULTILINE)
    assert set(" ".join(defined).split()) == tasks


NEW_ENOUGH = f'exec "{sys.executable}" "$@"'
TOO_OLD = 'case "$2" in *print*) echo "python3 here is 3.9";; *) exit 1;; esac'


def test_the_first_python_that_is_new_enough_runs(tmp_path):
    program(tmp_path, "python3", TOO_OLD)
    program(tmp_path, "python3.12", NEW_ENOUGH)
    done = run_python(tmp_path, "-c", "print('a b')")
    assert (done.returncode, done.stdout, done.stderr) == (0, "a b\n", "")


@pytest.mark.parametrize(
    ("text", "found"), [(TOO_OLD, "python3 here is 3.9"), (None, "no python3 was found")]
)
def test_no_python_gets_one_sentence(tmp_path, text, found):
    if text:
        program(tmp_path, "python3", text)
    done = run_python(tmp_path, "-c", "print()")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"This course needs Python 3.11 or newer ({found}). "
        "Please install one and run the same command again.\n"
    )


def test_a_python_can_be_named(tmp_path):
    program(tmp_path, "python3", TOO_OLD)
    program(tmp_path, "my python", NEW_ENOUGH)
    assert run_python(tmp_path, "-c", "", PYTHON="my python").returncode == 0
    done = run_python(tmp_path, "-c", "", PYTHON="python3")
    assert done.returncode == 1
    assert done.stderr.startswith("PYTHON=python3 is not Python 3.11 or newer.")


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The module tools/environment.py in a repository where Pythons only pretend to work."""
    file = tmp_path / "tools" / "environment.py"
    file.parent.mkdir()
    shutil.copy(ROOT / "tools" / "environment.py", file)
    (tmp_path / "requirements.lock").write_text("numpy==2\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "course"\n')
    # They write down what they are asked to do.
    program(tmp_path, ".venv/bin/python", f'echo "$*" >> "{tmp_path}/asked"')
    program(tmp_path, "base/python", f'echo "$*" >> "{tmp_path}/asked"')
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "base/python"), raising=False)
    spec = importlib.util.spec_from_file_location("environment_elsewhere", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(environment):
    """What the Pythons were asked to do since this was last called."""
    file = environment.ROOT / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return ["install" if "pip install" in line else line.split()[1] for line in lines]


def test_an_environment_is_installed_once(environment):
    environment.ensure()
    assert asked(environment) == ["import", "install"]
    environment.ensure()
    assert asked(environment) == []


def test_the_tests_need_more_than_a_learner(environment):
    environment.ensure()
    asked(environment)
    environment.ensure(test=True)
    assert asked(environment) == ["import", "install"]
    environment.ensure()
    environment.ensure(test=True)
    assert asked(environment) == []


def test_a_new_lock_is_installed(environment):
    environment.ensure()
    asked(environment)
    (environment.ROOT / "requirements.lock").write_text("numpy==3\n")
    environment.ensure()
    assert asked(environment) == ["import", "install"]


@pytest.mark.parametrize("broken", ["exit 1", None])
def test_a_broken_environment_is_made_anew(environment, broken):
    if broken:
        program(environment.ROOT, ".venv/bin/python", broken)
    else:
        (environment.ROOT / ".venv/bin/python").unlink()
    with pytest.raises((SystemExit, OSError)):  # The pretended venv mends nothing.
        environment.ensure()
    assert asked(environment)[:1] == ["venv"]


def test_an_environment_from_another_folder_is_made_anew(environment):
    environment.ensure()
    asked(environment)
    record = environment.RECORD.read_text()
    environment.RECORD.write_text(record.replace(str(environment.ROOT), "/elsewhere"))
    environment.ensure()
    assert asked(environment) == ["venv", "install"]


def test_a_missing_venv_module_is_named(environment, monkeypatch):
    (environment.ROOT / ".venv/bin/python").unlink()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3\.\d+-venv"):
        environment.ensure()


def test_a_failed_installation_says_why_and_counts_as_none(environment):
    environment.ensure()
    has_pip_only = '[ "$1" = -c ] || { echo no route to host; exit 1; }'
    program(environment.ROOT, ".venv/bin/python", has_pip_only)
    (environment.ROOT / "requirements.lock").write_text("numpy==3\n")
    with pytest.raises(SystemExit, match=r"(?s)no route to host.*Is this machine online\?"):
        environment.ensure()
    assert not environment.RECORD.exists()
