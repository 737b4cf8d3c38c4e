"""Pages: the frame around what the other modules set, and the page that lists them all."""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

import nbformat
from notebooks import Problem

from course_lib.widgets.explorer import Explorer, module_source
from website.cells import code_cell
from website.formulas import font
from website.prose import Prose

HERE = Path(__file__).parent
TITLE = "Learning from Error"
LARGEST = 4_000_000  # bytes of a page


@dataclass
class Page:
    """One page: where it belongs on the site, and what it says."""

    path: Path
    title: str
    body: str
    headings: list = field(default_factory=list)
    before: "Page | None" = None
    after: "Page | None" = None


def of_notebook(notebook, path, folder, opening=""):
    """A notebook as a page; `opening` stands below its first cell, which holds the title."""
    prose, parts = Prose(folder), []
    for cell in notebook.cells:
        parts.append(prose.set(cell.source) if cell.cell_type == "markdown" else code_cell(cell))
    parts.insert(1, opening)
    title = plain(prose.headings[0][2])
    return Page(path, title, "".join(parts), prose.headings)


def chapter(path, original):
    """A chapter that has been run, from the file at `path`."""
    site_path = Path("chapters", path.stem + ".html")
    opening = (
        '<aside class="run" aria-label="Run this chapter"><p>This page shows the chapter as it '
        'ran. To change its code and move everything, <a href="../index.html#run">run this '
        f"chapter</a>: <code>make lab</code>, then open <code>{path.name}</code>.</p></aside>\n"
    )
    notebook = nbformat.read(path, as_version=4)
    if all(cell.cell_type != "code" for cell in notebook.cells):
        opening = ""  # there is nothing to run
    return of_notebook(notebook, site_path, original.parent, opening)


def exercise(path):
    """An exercise as it is handed out, to read; the notebook lies beside it."""
    name = path.stem
    opening = (
        '<aside class="run" aria-label="Do this exercise"><p>To do this exercise, '
        '<a href="../../index.html#run">get the course</a>, then <code>make fetch '
        f"EXERCISE={name}</code> and <code>make lab</code>. Or take only "
        f'<a href="{path.name}" download>the notebook</a>.</p></aside>\n'
    )
    notebook = nbformat.read(path, as_version=4)
    return of_notebook(notebook, Path("exercises", name, f"{name}.html"), path.parent, opening)


def index(chapters, exercises, readme):
    """The first page: what the course is, its map, and how to run it."""
    prose = Prose(readme.parent)
    opening, *sections = re.split(r"^(?=## )", readme.read_text("utf-8"), flags=re.MULTILINE)
    commands = next((text for text in sections if "make lab" in text), None)
    if commands is None:
        raise Problem("README.md has no section with the command `make lab`.")
    body = prose.set(opening) + prose.heading("The chapters", 2)
    body += f'<ol class="map">{"".join(_entry(page, exercises) for page in chapters)}</ol>'
    prose.headings.append((2, "run", "Run it yourself"))
    body += '<h2 id="run">Run it yourself</h2>\n' + prose.set(commands.partition("\n")[2])
    return Page(Path("index.html"), TITLE, body)


def _entry(page, exercises):
    """A chapter in the course's map, with its question and its exercises."""
    own = " ".join(re.findall(r"<p><strong>Exercises?:</strong>.*?</p>", page.body, re.DOTALL))
    links = [
        f'<a href="{other.path}">{html.escape(other.title.removeprefix("Exercise: "))}</a>'
        for other in exercises
        if f"exercises/{other.path.stem}/" in own
    ]
    question = re.search(r"<p><strong>(.*?)</strong></p>", page.body)
    minutes = re.search(r"About (\d+) minutes", page.body)
    facts = [f"{minutes[1]} minutes"] if minutes else []
    facts += [f"exercise{'s' * (len(links) > 1)}: {', '.join(links)}"] if links else []
    number, _, name = page.title.rpartition(" · ")
    spoken = f'<span class="spoken">Chapter {number}: </span>' if number else ""
    said = f'<p class="question">{question[1]}</p>' if question else ""
    said += f"<p>{'; '.join(facts)}</p>" if facts else ""
    return (
        f'<li><span aria-hidden="true">{number}</span><div><a href="{page.path}">'
        f"{spoken}{html.escape(name)}</a>{said}</div></li>\n"
    )


def write(pages, folder):
    """Write pages below `folder`; returns their paths."""
    math = font(page.body for page in pages)
    for page in pages:
        text = framed(page, math if "<math" in page.body else "")
        if len(text.encode()) > LARGEST:
            raise Problem(f"{page.path} has {len(text.encode()):,} bytes, at most {LARGEST:,}")
        target = folder / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def framed(page, math):
    """The whole text of a page: everything it needs is in it."""
    live = 'class="explorer"' in page.body
    style = (HERE / "style.css").read_text("utf-8")
    if math:
        style += f'@font-face {{ font-family: "Formulas"; src: url("{math}"); }}\n'
    style += Explorer._css if live else ""
    script = (HERE / "live.js").read_text("utf-8")
    return Template((HERE / "page.html").read_text("utf-8")).substitute(
        title=html.escape(page.title if page.title == TITLE else f"{page.title} · {TITLE}"),
        style=style,
        root="../" * (len(page.path.parts) - 1),
        contents=_contents(page.headings),
        body=page.body,
        around=_around(page),
        script=(module_source() + "\n" if live else "") + script,
    )


def _contents(headings):
    entries = [(identity, text) for level, identity, text in headings if level == 2]
    if len(entries) < 2:
        return ""
    items = "".join(
        f'<li><a href="#{html.escape(identity)}">{re.sub("</?a[^>]*>", "", text)}</a></li>\n'
        for identity, text in entries
    )
    return (
        '<nav aria-label="On this page"><details class="contents" open>'
        f"<summary>On this page</summary>\n<ul>{items}</ul></details></nav>"
    )


def _around(page):
    """Links to the pages before and after."""
    links = [
        f'<a rel="{rel}" href="{other.path.name}">{word}: {html.escape(other.title)}</a>'
        for rel, word, other in (("prev", "Before", page.before), ("next", "Next", page.after))
        if other
    ]
    return f'<nav aria-label="Chapters" class="around">{" ".join(links)}</nav>' if links else ""


def plain(text):
    """HTML as plain text."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))
