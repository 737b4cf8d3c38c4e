"""Make the page "What we checked" from docs/claims.toml and the claim tags of the chapters.

python tools/claims.py       writes chapters/what_we_checked.ipynb; part of make generate
"""

import tomllib
from collections import Counter
from pathlib import Path

import nbformat
from execute_notebooks import as_stored
from nbformat import v4

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "chapters" / "what_we_checked.ipynb"
VERDICTS = {
    "holds": "holds",
    "caveat": "holds with a caveat",
    "false": "**false**",
    "bug": "**a bug or misprint**",
    "open": "cannot be run here",
}
TOP = """# What we checked

This course was made from five texts. Whatever they claim and a computer can run, we ran: {n} claims in all. {holds} hold, {caveat} hold with a caveat, {false} are false, {bug} are bugs or misprints, and {open} cannot be run here. Each is checked in front of you, in a cell that you can run, in the chapter named above its table.\n\nTo check a source is not to blame it. All five taught us something, and `docs/sources.md` in the repository names them."""  # noqa: E501
END = """The verdicts are ours and follow from the runs; where a claim is about more than a run can show, its chapter says so. If you find that one of them is wrong, that is a contribution."""  # noqa: E501


def claims():
    """Every claim by its id: what is said, what was found, the verdict."""
    return tomllib.loads((ROOT / "docs" / "claims.toml").read_text(encoding="utf-8"))


def chapters():
    """The numbered notebooks, in their order."""
    return sorted((ROOT / "chapters").glob("[0-9]*.ipynb"))


def title(notebook):
    return notebook.cells[0].source.partition("\n")[0].removeprefix("# ")


def checked_in(notebook):
    """The claims whose tags a notebook carries, in the order in which it runs them."""
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
    return list(dict.fromkeys(tag[6:] for tag in tags if tag.startswith("claim-")))


def page():
    """The page, as a notebook of prose."""
    known = claims()
    counts = Counter(claim["verdict"] for claim in known.values())
    cells = [v4.new_markdown_cell(TOP.format(n=len(known), **counts), id="top")]
    for path in chapters():
        notebook = nbformat.read(path, as_version=4)
        rows = [row(known[name]) for name in checked_in(notebook)]
        if rows:
            lines = [f"## [{title(notebook)}]({path.name})", ""]
            lines += ["| what is said | what the run shows | verdict |", "|---|---|---|", *rows]
            cells.append(v4.new_markdown_cell("\n".join(lines), id=path.stem))
    cells.append(v4.new_markdown_cell(END, id="end"))
    return v4.new_notebook(cells=cells)


def row(claim):
    return f"| {claim['claim']} | {claim['found']} | {VERDICTS[claim['verdict']]} |"


if __name__ == "__main__":
    PAGE.write_text(as_stored(page()), encoding="utf-8")
