"""Grade one submission: on a copy, in a process of its own, within limits."""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat
from gradebook import Gradebook
from limits import run_within
from notebooks import is_of, with_tests_of

NO_MEMORY = "It needs more memory than a submission may have."
# Words in what nbgrader says of a failure, and what they mean.
CAUSES = {
    "DeadKernelError": "Its Python process ended in the middle: a crash, os._exit, or no memory.",
    "Timeout waiting for IOPub": "A cell ran into the time limit and could not be interrupted.",
    "MemoryError": NO_MEMORY,
}


def autograde(book, name, student):
    """Grade a submission, or write down why that is not possible."""
    limits = book.config.Limits
    place = tempfile.mkdtemp()
    try:
        task = (str(book.root), name, student, place)
        why = run_within(_in_place, task, limits.seconds, limits.memory)
    finally:
        # Not a TemporaryDirectory, which in older Pythons follows links to make them writable.
        shutil.rmtree(place, ignore_errors=True)
    note = book.note(name, student)
    if why:
        # What nbgrader leaves of it would pass for graded.
        shutil.rmtree(book.place("autograded", name, student), ignore_errors=True)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(why, encoding="utf-8")
    else:
        note.unlink(missing_ok=True)


def _in_place(root, name, student, place):
    """Grade a copy in the folder ``place``, and return why that failed, if it did."""
    tempfile.tempdir = place  # which is cleared, however this process ends
    book = Gradebook(root)
    handed_in, copy = book.place("submitted", name, student), Path(place, student, name)
    file = handed_in / f"{name}.ipynb"
    try:
        if not file.exists():
            found = ", ".join(sorted(path.name for path in handed_in.glob("*.ipynb")))
            return f"{file.name} is missing; notebooks handed in: {found or 'none'}."
        original = book.read("exercises", name)
        try:
            work = nbformat.read(file, 4)
            if not is_of(original, work):
                return f"{file.name} has none of the cells of this exercise."
            work = with_tests_of(original, work)
        except MemoryError:
            raise
        except Exception as error:
            return f"{file.name} cannot be read as a notebook ({type(error).__name__})."
        shutil.copytree(handed_in, copy, ignore=shutil.ignore_patterns("*.ipynb"))
        nbformat.write(work, copy / file.name)
        book.api.coursedir.submitted_directory = place
        result = book.api.autograde(name, student)
    except MemoryError:
        return NO_MEMORY
    return "" if result["success"] else _cause(result)


def _cause(result):
    """Why nbgrader could not grade a submission: the first error in its log, as one line."""
    log = result.get("log", "") + result["error"]
    known = [text for word, text in CAUSES.items() if word in log]
    raised = re.findall(r"^[\w.]*(?:Error|Exception)\b.*", log, re.M)
    return (known or raised or [reason(result)])[0]


def reason(result):
    """The last complaint in nbgrader's log, as one line."""
    lines = [
        line for line in result.get("log", "").splitlines() if line.startswith(("[ERR", "[CR"))
    ]
    return (lines or result["error"].strip().splitlines())[-1].split("] ", 1)[-1]
