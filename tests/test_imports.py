"""Imports go one way, and ``import course_lib`` stays light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import course_lib

LIBRARY = Path(__file__).parent.parent / "course_lib"

# Each module may import those to the left of it only.
ORDER = [
    "palette",
    "checks",
    "schedules",
    "optimizers",
    "landscapes",
    "surveys",
    "datasets",
    "batches",
    "clipping",
    "stopping",
    "progress",
    "history",
    "layers",
    "losses",
    "own_parts",
    "traces",
    "networks",
    "plans",
    "updates",
    "walks",
    "training",
    "nudges",
    "gradients",
    "fitting",
    "lr_finder",
    "worked_example",
    "measurements",
    "diagnosis",
    "error_causes",
    "grading",
    "graphs",
    "landscape_plots",
    "plots",
    "widgets",
]


def imported(source):
    """Names of the ``course_lib`` modules that a file imports at its top level."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            package, *rest = node.module.split(".")
            if package == "course_lib":
                names |= {rest[0]} if rest else {alias.name for alias in node.names}
    return names


def test_every_module_has_its_place_in_the_order():
    found = {path.stem for path in LIBRARY.glob("*.py")} - {"__init__"}
    found |= {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    assert found == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_imports_go_one_way(name):
    before = set(ORDER[: ORDER.index(name)])
    files = sorted(LIBRARY.glob(f"{name}.py")) or sorted(LIBRARY.glob(f"{name}/*.py"))
    for path in files:
        assert imported(path.read_text(encoding="utf-8")) - {name} <= before, path


def test_importing_the_library_loads_nothing_heavy():
    script = "import sys, course_lib; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "numpy" in loaded
    heavy = {"matplotlib", "ipywidgets", "anywidget", "IPython", "course_lib.widgets"}
    assert not loaded & heavy


def test_plots_are_loaded_when_they_are_used():
    script = "import sys, course_lib; course_lib.plots.figure; print('matplotlib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
    import course_lib

    with pytest.raises(AttributeError, match="course_lib.*no attribute 'plot'"):
        course_lib.plot  # noqa: B018


def test_all_public_names_are_listed():
    import course_lib

    for name in course_lib.__all__:
        assert getattr(course_lib, name).__doc__


def test_the_order_to_read_in_names_every_module():
    import course_lib

    named = re.findall(r"``(\w+)``", course_lib.__doc__)
    assert all(named.count(name) == 1 for name in ORDER)


def test_completion_offers_the_public_names_and_the_modules_imported_on_demand():
    assert dir(course_lib) == sorted([*course_lib.__all__, "plots", "widgets"])
