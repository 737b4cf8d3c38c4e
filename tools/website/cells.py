"""Cells: code as it reads, and what it showed when it ran."""

import base64
import html
import struct

from execute_notebooks import EXPLORER
from nbconvert.filters.ansi import strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from website.explorers import explorer


def highlighted(code, language):
    """Code in the colours of the site, as HTML."""
    try:
        lexer = get_lexer_by_name(language.split()[0] if language else "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return highlight(code.rstrip("\n"), lexer, HtmlFormatter(nowrap=True)).rstrip("\n")


def code_cell(cell):
    """A code cell and its outputs."""
    parts = []
    if cell.source.strip():
        parts = [f'<pre class="code"><code>{highlighted(cell.source, "python")}</code></pre>']
    parts += map(_output, cell.outputs)
    return f'<div class="cell">{"".join(parts)}</div>\n'


def _output(output):
    if output.output_type == "stream":
        return _text(output.text)
    if output.output_type == "error":
        return _text(f"{output.ename}: {output.evalue}")
    data = output.data
    if EXPLORER in data:
        return explorer(data[EXPLORER], _picture(data))
    if "image/png" in data:
        return f'<div class="wide">{_picture(data)}</div>'
    if "text/html" in data:
        return f'<div class="wide">{data["text/html"]}</div>'
    return _text(data.get("text/plain", ""))


def _picture(data):
    """A picture with the sentence that was stored with it; half as large as it has pixels."""
    alt = html.escape(" ".join(data["text/plain"].split()))
    png = "".join(data["image/png"].split())
    width, height = struct.unpack(">II", base64.b64decode(png[:44])[16:24])
    return f'<img src="data:image/png;base64,{png}" alt="{alt}" width="{width}" height="{height}">'


def _text(text):
    return f'<pre class="output">{html.escape(strip_ansi(text).rstrip())}</pre>' if text else ""
