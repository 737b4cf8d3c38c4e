"""pyproject.toml, requirements.lock and environment.yml describe the same packages."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DEPENDENCIES = [Requirement(line) for line in PROJECT["dependencies"]]
TEST_EXTRA = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
LOCK_LINES = (ROOT / "requirements.lock").read_text().splitlines()
LOCK = {canonicalize_name(r.name): r for r in map(Requirement, LOCK_LINES)}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]


def locked_version(name):
    return str(LOCK[canonicalize_name(name)].specifier).removeprefix("==")


def test_the_lock_holds_names_versions_and_markers_only():
    line = re.compile(r"[a-z0-9-]+==[a-z0-9.]+( ; [a-z_]+ [a-z0-9_.<>=!'() -]+)?", re.IGNORECASE)
    assert [text for text in LOCK_LINES if not line.fullmatch(text)] == []


def test_the_lock_names_each_package_once():
    assert len(LOCK_LINES) == len(LOCK)


@pytest.mark.parametrize("wanted", DEPENDENCIES + TEST_EXTRA, ids=lambda wanted: wanted.name)
def test_the_lock_meets_pyproject(wanted):
    assert wanted.specifier.contains(locked_version(wanted.name))


def test_the_conda_environment_is_the_same_set():
    pinned = dict(line.split("=") for line in CONDA if isinstance(line, str) and "=" in line)
    python = pinned.pop("python")
    assert pinned == {wanted.name: locked_version(wanted.name) for wanted in DEPENDENCIES}
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(python)
    assert {"pip": ["-e ."]} in CONDA


@pytest.mark.parametrize("locked", LOCK.values(), ids=lambda locked: locked.name)
def test_the_installed_package_is_the_locked_one(locked):
    if locked.marker is None or locked.marker.evaluate():
        assert metadata.version(locked.name) == locked_version(locked.name)


@pytest.mark.network
@pytest.mark.parametrize("system", ["linux", "aarch64-unknown-linux-gnu", "macos"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_resolves_to_built_packages(python, system, unavailable):
    resolved = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml"),
            *("--extra", "test", "--constraint", "requirements.lock", "--only-binary", ":all:"),
            *("--python-version", python, "--python-platform", system),
            *("--python", sys.executable, "--no-header", "--no-annotate"),
        ],
        cwd=ROOT,
        env={**os.environ, "UV_HTTP_RETRIES": "1"},
        capture_output=True,
        text=True,
    )
    # uv ends with 1 if there is no solution, with 2 if it could not ask.
    if resolved.returncode == 2:
        unavailable("the package index cannot be reached")
    assert resolved.returncode == 0, resolved.stderr
    for package in map(Requirement, resolved.stdout.splitlines()):
        assert str(package.specifier) == f"=={locked_version(package.name)}"
