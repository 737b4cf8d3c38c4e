"""Prose: the Markdown of notebooks as HTML, in the dialect Jupyter speaks."""

import html
import re

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from website.cells import highlighted
from website.formulas import mathml

LONG = 24  # signs of a formula that may be wider than a phone: there it gets a line of its own


class Prose(IPythonRenderer):
    """Markdown to HTML; collects the headings it meets.

    Attributes
    ----------
    headings : list of (level, id, HTML)
        Of all texts set so far, in their order. Ids are those Jupyter gives, so that links to a
        heading work here and there; a second one of the same name gets a number.
    """

    def __init__(self, folder):
        super().__init__(escape=False, embed_images=True, path=str(folder))
        self.headings = []

    def set(self, markdown):
        return MarkdownWithMath(renderer=self).render(markdown)

    def heading(self, text, level, **attributes):
        name = html.unescape(re.sub(r"<[^>]+>", "", text)).strip().replace(" ", "-")
        taken = {identity for _, identity, _ in self.headings}
        numbered = (f"{name}-{number}" for number in range(2, 100))
        identity = name if name not in taken else next(n for n in numbered if n not in taken)
        self.headings.append((level, identity, text))
        return f'<h{level} id="{html.escape(identity)}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        return super().link(text, page_of(url), title)

    def inline_html(self, text):
        return super().inline_html(re.sub(r'(?<=href=")[^"]+', lambda m: page_of(m[0]), text))

    def _html_embed_images(self, markup):
        # Tags come one by one; a parser would close each, <details> before its answer.
        return super()._html_embed_images(markup) if "<img" in markup else markup

    def block_code(self, code, info=None):
        return f'<pre class="code"><code>{highlighted(code, info)}</code></pre>\n'

    def table(self, text):
        return f'<div class="wide"><table>{text}</table></div>\n'

    def table_cell(self, text, align=None, head=False):
        kind = "th" if head and text else "td"  # a heading without words heads nothing
        if head and text.startswith("<math") and text.endswith("</math>"):
            # What is only a formula counts as without words, for some screen readers too.
            words = re.sub(r"<[^>]+>", " ", text)
            text = f'<span class="spoken">{words}</span><span aria-hidden="true">{text}</span>'
        return f"<{kind}>{text}</{kind}>\n"

    def inline_math(self, body):
        formula = mathml(body)
        signs = re.sub(r"<[^>]+>", "", formula)
        return formula if len(signs) < LONG else f'<span class="long">{formula}</span>'

    def block_math(self, body):
        return f'<div class="wide formula">{mathml(body, "block")}</div>'

    def latex_environment(self, name, body):
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")


def page_of(url):
    """Where a link between notebooks leads on the site."""
    if re.match(r"[a-z]+:|#", url):
        return url
    return re.sub(r"\.ipynb(?=#|$)", ".html", url)
