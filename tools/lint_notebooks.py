"""Check what notebooks look like, without running them.

    make lint                                 chapters and solutions
    python tools/lint_notebooks.py FILE...    some

Each rule below is a function that takes a notebook and its path, and yields what is wrong.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat
import nbformat.reader
from execute_notebooks import as_stored

LONGEST_CELL = 12
MACHINE_PATH = re.compile(r"(?<![\w./])(/(home|Users|root|tmp|private|mnt)/|[A-Z]:\\)\w")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|<a\s[^>]*href=\"([^\"]+)\"")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)|<img\s([^>]*)>")


def valid(notebook, path):
    """Notebook format 4.5, with cell ids that are there and unique."""
    ids = [cell.get("id") for cell in notebook.cells]
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield f"is in notebook format {notebook.nbformat}.{notebook.nbformat_minor}, not 4.5"
    elif None in ids or len(set(ids)) < len(ids):
        yield "has cell ids that are missing or not unique"
    else:
        try:
            nbformat.validate(notebook)
        except nbformat.ValidationError as problem:
            yield f"is not a valid notebook: {str(problem).splitlines()[0]}"


def stored_form(notebook, path):
    """As `make generate` writes it: no live widgets, times or exact versions."""
    if path.read_text(encoding="utf-8") != as_stored(notebook):
        yield "is not in stored form; run: make generate"


def executed_in_order(notebook, path):
    """All cells run from top to bottom, or none."""
    counts = [cell.execution_count for _, cell in _cells(notebook, "code")]
    if any(counts) and counts != list(range(1, len(counts) + 1)):
        yield f"was not run from top to bottom: execution counts {counts}"


def no_complaints(notebook, path):
    """No errors and no warnings among the outputs."""
    for number, cell in _cells(notebook, "code"):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"cell {number} shows an error or a warning"


def checked_strictly(notebook, path):
    """No markers that tell nbval to look away."""
    for number, cell in _cells(notebook, "code"):
        tags = [*cell.metadata.get("tags", []), *re.findall(r"# *(NBVAL\w+)", cell.source)]
        for tag in tags:
            if tag.lower().startswith("nbval") or tag == "raises-exception":
                yield f"cell {number} carries {tag}; every output is compared here"


def no_machine_paths(notebook, path):
    """Nothing that is true on one machine only."""
    for number, cell in _cells(notebook):
        outputs = [
            str(output.get("text", output.get("data"))) for output in cell.get("outputs", [])
        ]
        for text in [cell.source, *outputs]:
            if found := MACHINE_PATH.search(text):
                yield f"cell {number} holds a path of one machine, near {found.group()!r}"


def headings_step_down(notebook, path):
    """One title, and no level skipped."""
    level = 0
    for number, text in _prose(notebook):
        for marks, title in re.findall(r"^(#+) (.*)", text, re.MULTILINE):
            if len(marks) > level + 1 or (len(marks) == 1 and level):
                yield f"cell {number}: heading {title!r} goes from level {level} to {len(marks)}"
            level = len(marks)


def pictures_in_words(notebook, path):
    """Every picture can be understood by someone who cannot see it, and comes from no network."""
    for number, cell in _cells(notebook, "code"):
        for output in cell.outputs:
            text = "".join(output.get("data", {}).get("text/plain", ""))
            sentence = re.fullmatch(r"[^<\s].*\s.*\s.*[.!?]", text, re.DOTALL)
            if "image/png" in output.get("data", {}) and not sentence:
                yield f"cell {number}: a picture without a sentence that describes it"
    for number, text in _prose(notebook):
        for alt, source, html in IMAGE.findall(text):
            if not (alt or re.search(r'alt="[^"]+"', html)):
                yield f"cell {number}: an image without alternative text"
            if re.search(r"https?://", source + html):
                yield f"cell {number}: an image from the network"


def short_cells(notebook, path):
    """Code that fits into one look; graded cells and cells tagged `long` may be longer."""
    for number, cell in _cells(notebook, "code"):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        free = "nbgrader" in cell.metadata or "long" in cell.metadata.get("tags", [])
        if len(lines) > LONGEST_CELL and not free:
            yield f"cell {number} has {len(lines)} lines of code, at most {LONGEST_CELL} are fine"


def no_shell(notebook, path):
    """Nothing is installed or run outside Python."""
    for number, cell in _cells(notebook, "code"):
        if found := re.search(r"^\s*(!|%pip|%conda|%%bash|%%sh).*", cell.source, re.MULTILINE):
            yield f"cell {number} leaves Python: {found.group().strip()}"


def links_resolve(notebook, path):
    """Links between notebooks work here, and in a learner's copies as well."""
    for number, text in _prose(notebook):
        for link in map("".join, LINK.findall(text)):
            if re.match(r"[a-z]+:|#", link):
                continue
            target = (path.parent / link.partition("#")[0]).resolve()
            copied = {"chapters", "exercises"} & set(target.parts)
            if not target.exists():
                yield f"cell {number} links to {link}, which is not there"
            elif not copied and target.parent != path.parent.resolve():
                yield f"cell {number} links to {link}, which learners have no copy of"


RULES = (
    stored_form,
    executed_in_order,
    no_complaints,
    checked_strictly,
    no_machine_paths,
    headings_step_down,
    pictures_in_words,
    short_cells,
    no_shell,
    links_resolve,
)


def lint(path):
    """Everything that is wrong with the notebook at `path`, as sentences."""
    # nbformat.read would repair what is to be found here.
    notebook = nbformat.reader.reads(path.read_text(encoding="utf-8"))
    invalid = list(valid(notebook, path))
    return invalid or [problem for rule in RULES for problem in rule(notebook, path)]


def _cells(notebook, kind=None):
    return [(i, cell) for i, cell in enumerate(notebook.cells) if kind in (None, cell.cell_type)]


def _prose(notebook):
    """Number and text of the markdown cells, with the code in them left out."""
    return [(i, CODE.sub("", cell.source)) for i, cell in _cells(notebook, "markdown")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="*", type=Path)
    problems = [
        f"{path} {problem}" for path in parser.parse_args().notebook for problem in lint(path)
    ]
    sys.exit("\n".join(problems) or 0)


if __name__ == "__main__":
    main()
