"""The reference of the library, from its docstrings: every public name, module by module."""

import html
import importlib
import inspect
import re
from pathlib import Path

import course_lib
from course_lib.landscapes import Landscape
from website.pages import Page
from website.prose import Prose

# Names in the order in which the package's own docstring says to read its modules.
READING = re.findall(r"``(\w+)``", course_lib.__doc__)
DRAWING = ["plots", "widgets"]
SECTION = re.compile(r"^(\w[\w ]+)\n-+\n", re.MULTILINE)


def library():
    """The page of the reference."""
    prose = Prose(Path(course_lib.__file__).parent)
    parts = [prose.heading("The library", 1), _words(prose, course_lib.__doc__)]
    for name, objects in modules().items():
        module = importlib.import_module(f"course_lib.{name}")
        parts += [prose.heading(name, 2), _words(prose, module.__doc__)]
        parts += [_entry(prose, public, thing) for public, thing in objects]
    return Page(Path("library.html"), "The library", "".join(parts), prose.headings)


def modules():
    """Public names and what they are, by the module that defines them, in its order."""
    found = {name: [] for name in READING}
    for public in course_lib.__all__:
        thing = getattr(course_lib, public)
        name = "landscapes" if isinstance(thing, Landscape) else thing.__module__.split(".")[1]
        found.setdefault(name, []).append((public, thing))
    for name, objects in found.items():
        if objects:
            order = list(vars(importlib.import_module(f"course_lib.{name}")))
            objects.sort(key=lambda pair: order.index(pair[0]))
    for name in DRAWING:
        module = importlib.import_module(f"course_lib.{name}")
        found[name] = [(public, getattr(module, public)) for public in module.__all__]
    return {name: objects for name, objects in found.items() if objects}


def _entry(prose, name, thing):
    """One function, class or landscape."""
    heading = prose.heading(name, 3)
    if isinstance(thing, Landscape):
        return heading + _words(prose, f"The landscape ``{thing.formula}``.")
    parts = [heading, _signature(name, thing), _docstring(prose, inspect.getdoc(thing))]
    if inspect.isclass(thing) and not thing.__module__.startswith("course_lib.widgets"):
        for member, function in vars(thing).items():
            if member.startswith("_") or not inspect.getdoc(function):
                continue
            if callable(function) or isinstance(function, property):
                words = _words(prose, inspect.getdoc(function).partition("\n\n")[0])
                parts.append(f'<div class="member">{_signature(member, function)}{words}</div>')
    return "".join(parts)


def _signature(name, thing):
    if isinstance(thing, property):
        return f'<p class="signature"><code>.{name}</code></p>'
    try:
        inside = inspect.signature(thing)
    except ValueError:  # no signature in C
        inside = "(...)"
    text = re.sub(r"\(self(, )?", "(", f"{name}{inside}")
    return f'<p class="signature"><code>{html.escape(text)}</code></p>'


def _docstring(prose, text):
    """A docstring in NumPy's form: prose, then sections."""
    opening, *rest = SECTION.split(text or "")
    parts = [_words(prose, opening)]
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        parts.append(f'<p class="section">{title}</p>')
        listed = title in ("Parameters", "Returns", "Raises", "Attributes")
        parts.append(_listed(prose, body) if listed else _words(prose, body))
    return "".join(parts)


def _listed(prose, body):
    """Entries `name : type`, each with indented words below it."""
    parts = []
    for line, words in re.findall(r"^(\S.*)\n((?:[ \t]+\S.*\n?|\n)*)", body + "\n", re.MULTILINE):
        name, _, kind = line.partition(" : ")
        kind = f" {_inline(prose, kind)}" if kind else ""
        meaning = _words(prose, inspect.cleandoc(words)) if words.strip() else ""
        parts.append(f"<dt><code>{html.escape(name)}</code>{kind}</dt><dd>{meaning}</dd>")
    return f"<dl>{''.join(parts)}</dl>"


def _inline(prose, text):
    return _words(prose, text).strip().removeprefix("<p>").removesuffix("</p>")


def _words(prose, text):
    """The reStructuredText of the docstrings, by way of Markdown."""
    text = re.sub(r"^\.\. math:: *((?:.*\n?)(?:[ \t]+\S.*\n?)*)", _displayed, text, flags=re.M)
    text = re.sub(r":math:`([^`]+)`", r"$\1$", text)
    text = re.sub(r":\w+:`([^`]+)`", r"``\1``", text)
    text = re.sub(r"::$", ":", text, flags=re.M)
    text = re.sub(r"((?:^ *(?:>>>|\.\.\.).*\n?(?:^(?! *$).*\n?)*\n?)+)", _doctest, text, flags=re.M)
    return prose.set(text)


def _displayed(match):
    return f"\n$${' '.join(match[1].split())}$$\n\n"


def _doctest(match):
    return f"\n```pycon\n{match[1].rstrip()}\n```\n\n"
