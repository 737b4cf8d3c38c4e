"""A container of its own for the kernel of each submission, made by bubblewrap (Linux)."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from notebooks import Problem

SYSTEM = ["--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc", "--proc", "/proc"]
SYSTEM += ["--dev", "/dev", "--tmpfs", "/tmp"]
for name in ("bin", "sbin", "lib", "lib64"):
    if Path("/", name).is_symlink():
        SYSTEM += ["--symlink", f"usr/{name}", f"/{name}"]
    elif Path("/", name).exists():
        SYSTEM += ["--ro-bind", f"/{name}", f"/{name}"]
ALONE = ["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
VARIABLES = {"HOME": "/tmp", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
TRY = sys.executable, "-c", "import ipykernel, course_lib"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def must_work():
    """Raise Problem unless a container can be made here."""
    try:
        tried = subprocess.run([*command(), *TRY], capture_output=True, text=True)
    except OSError:
        raise Problem("c.Execute.container needs bubblewrap: sudo apt install bubblewrap") from None
    if tried.returncode:
        raise Problem(f"bubblewrap cannot make a container here: {tried.stderr.strip()}")


def command(*more):
    """The beginning of a command that runs in a container with the course's Python in it."""
    library = Path(importlib.util.find_spec("course_lib").origin).parent
    python = Path(sys.executable).resolve().parent.parent
    words = [*ALONE, *SYSTEM]
    for name, value in {**VARIABLES, **dict.fromkeys(THREADS, "1")}.items():
        words += ["--setenv", name, value]
    folders = python, sys.prefix, library
    for folder in folders:
        words += ["--ro-bind", str(folder), str(folder)]
    link = Path(sys.executable)
    while link.is_symlink():  # from .venv to Python, perhaps by way of ~/.local/bin
        link = Path(os.path.normpath(link.parent / link.readlink()))
        if not any(link.is_relative_to(folder) for folder in ("/usr", *folders)):
            words += ["--symlink", str(link.resolve()), str(link)]
    return ["bwrap", *words, *more]


def enclose(kernel, folder, scratch):
    """Let the manager of a kernel start it in a container, which sees a copy of its ``folder``.

    The rest of it is private to grading: what the copy and ``scratch`` get is thrown away.
    """
    copy, sockets = Path(scratch, "copy"), Path(scratch, "sockets")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.ipynb"))
    sockets.mkdir()
    binds = ["--bind", str(copy), str(folder), "--bind", str(sockets), str(sockets)]
    started = [*command(*binds), "--chdir", str(folder), sys.executable]
    kernel.kernel_spec.argv[:1] = started
    kernel.kernel_spec.interrupt_mode = "message"  # a signal would end the container
    # No network in there, so they talk through files.
    kernel.transport, kernel.connection_file = "ipc", str(sockets / "kernel.json")
