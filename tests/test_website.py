"""The pieces of the exported site: formulas, explorers as they are packed, the reference."""

import base64
import io
import json
import os
import struct
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from notebooks import Problem
from website import explorers, library
from website.formulas import font, mathml
from website.pages import index
from website.prose import Prose

from course_lib import ellipse, ravine, x_squared
from course_lib.widgets import Descent1D, Descent2D, exported
from course_lib.widgets.explorer import positions


def signs(latex):
    return "".join(ElementTree.fromstring(mathml(latex)).itertext())


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\theta \leftarrow \theta - \eta \nabla L", "θ←θ−η∇L"),
        (r"\mathsf T", "\U0001d5b3"),
        (r"\mathbf{1}", "\U0001d7cf"),
        (r"\arg\min_\theta L", "arg\u2009minθL"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a=bc=d"),
        (r"\lVert g \rVert", "\u2016g\u2016"),
    ],
)
def test_a_formula_says_what_its_latex_says(latex, text):
    assert signs(latex) == text


@pytest.mark.parametrize("latex", [r"\foo x", "{", "x_{", "a & b", r"\text{if $x$}"])
def test_a_formula_that_cannot_be_set_is_named(latex):
    with pytest.raises(Problem, match="The site cannot set"):
        mathml(latex)


def test_functions_get_the_spaces_of_tex():
    assert mathml(r"0.5 \sin 4w").count("<mspace") == 2
    assert mathml(r"\sin(w)").count("<mspace") == 0
    assert mathml(r"\log_{10} x").count("<mspace") == 1


def test_both_bars_of_a_norm_are_of_one_height():
    assert mathml(r"\lVert g \rVert^2").count('stretchy="false"') == 2


def test_one_upright_letter_is_upright():
    assert 'mathvariant="normal"' in mathml(r"\mathrm{d}x")
    assert 'mathvariant="normal"' not in mathml("dx")


def test_the_font_holds_every_sign_and_roots_of_one_width():
    pages = [mathml(r"\sqrt{\kappa} \leftarrow \odot"), mathml(r"\mathbf{W}")]
    data = font(pages).removeprefix("data:font/woff;base64,")
    math = TTFont(io.BytesIO(base64.b64decode(data)))
    signs = math.getBestCmap()
    assert {ord(sign) for sign in "κ←⊙√\U0001d416\U0001d465"} <= signs.keys()
    assert len(signs) < 500 and "MATH" in math
    variants = math["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(signs[0x221A])]
    sizes = [record.VariantGlyph for record in root.MathGlyphVariantRecord]
    assert len(sizes) > 2 and len({math["hmtx"][name][0] for name in sizes}) == 1


def test_links_between_notebooks_lead_to_pages(tmp_path):
    prose = Prose(tmp_path)
    html = prose.set(
        "[a](../exercises/xor/xor.ipynb) [b](07_momentum.ipynb#Summary) [c](https://x.org/a.ipynb)"
    )
    for target in (
        "../exercises/xor/xor.html",
        "07_momentum.html#Summary",
        "https://x.org/a.ipynb",
    ):
        assert f'href="{target}"' in html


def test_headings_of_one_name_get_ids_of_their_own(tmp_path):
    prose = Prose(tmp_path)
    prose.set("## What happened\n\n## What happened")
    assert [identity for _, identity, _ in prose.headings] == ["What-happened", "What-happened-2"]


def test_an_answer_is_folded_into_its_details(tmp_path):
    html = Prose(tmp_path).set(
        "<details><summary><b>Answer</b></summary>\n\nIt *is* $1$.\n\n</details>\n\nAfter."
    )
    folded = html[html.index("<details>") : html.index("</details>")]
    assert "<em>is</em>" in folded and "After" not in folded
    assert "<b>Answer</b></summary>" in folded


def test_a_heading_of_a_table_is_never_empty(tmp_path):
    html = Prose(tmp_path).set("| | $B$ |\n|---|---|\n| one | 2 |")
    assert html.count("<th>") == 1 and '<th><span class="spoken">' in html


# Explorers.


@pytest.fixture
def bundle():
    return exported.bundle(Descent2D(ravine(10), learning_rate=0.02), positions)


def test_only_an_export_carries_planes(monkeypatch):
    monkeypatch.delenv(exported.SWITCH, raising=False)
    data, _ = Descent1D(x_squared)._repr_mimebundle_()
    assert exported.KIND not in data
    monkeypatch.setenv(exported.SWITCH, "1")
    data, _ = Descent1D(x_squared)._repr_mimebundle_()
    assert json.loads(json.dumps(data[exported.KIND])) == data[exported.KIND]


def test_what_the_plane_does_not_span_is_asleep(bundle):
    asleep = {c["name"] for c in bundle["scene"]["controls"] if c.get("asleep")}
    assert asleep == {"optimizer", "start_x", "start_y"}
    assert bundle["scene"]["asleep"] == (
        "Optimizer, Start x and Start y need Python: run the chapter yourself to move them."
    )


def test_a_setting_between_two_positions_becomes_one():
    bundle = exported.bundle(Descent1D(x_squared, learning_rate=0.1234), positions)
    assert 0.1234 in bundle["plane"]["axes"]["learning_rate"]
    assert bundle["scene"]["controls"][0]["values"] == bundle["plane"]["axes"]["learning_rate"]
    assert bundle["plane"]["tables"]["w"]["shape"][0] == len(
        bundle["scene"]["controls"][0]["values"]
    )


def test_a_packed_plane_is_the_plane(bundle):
    whole = zlib.decompress(explorers.pack(bundle))
    (length,) = struct.unpack("<I", whole[:4])
    header = json.loads(whole[4 : 4 + length])
    assert header["settings"] == bundle["settings"]
    for name, table in bundle["plane"]["tables"].items():
        start, size = header["plane"]["tables"][name]["data"]
        block = np.frombuffer(whole[4 + length + start :][:size], "u1")
        numbers = np.frombuffer(base64.b64decode(table["data"]), table["dtype"])
        numbers = numbers.reshape(table["shape"])
        found = block.reshape(numbers.itemsize, -1).T.copy().view(table["dtype"])
        found = found.reshape(table["shape"])
        if table["dtype"] != "float32" and numbers.ndim > len(table["axes"]):
            found = np.cumsum(found, axis=-1, dtype=found.dtype)
        np.testing.assert_array_equal(found, numbers)


def test_an_explorer_that_needs_python_for_everything_shows_its_picture_and_says_so():
    def step(theta, velocity, grad, lr, beta):
        return [w - lr * float(g) for w, g in zip(theta, grad(theta), strict=True)], velocity

    bundle = exported.bundle(Descent2D(ellipse, step=step), positions)
    html = explorers.explorer(bundle, "<img>")
    assert html.startswith("<figure") and "<script" not in html
    assert "Learning rate, Momentum, Optimizer, Start x and Start y need Python" in html


def test_a_plane_that_is_too_large_is_refused(bundle):
    table = bundle["plane"]["tables"]["x"]
    noise = os.urandom(2 * explorers.LARGEST)
    bundle["plane"]["tables"]["x"] = table | {
        "data": base64.b64encode(noise).decode(),
        "shape": [explorers.LARGEST],
    }
    with pytest.raises(Problem, match="Descent on x² \\+ 10y² takes .* bytes"):
        explorers.explorer(bundle, "<img>")


# The reference and the first page.


def test_the_reference_reads_the_docstrings(tmp_path):
    prose = Prose(tmp_path)
    html = library._docstring(
        prose,
        "Short, with ``code`` and :math:`\\beta`.\n\n.. math:: v = \\beta v\n\n"
        "Parameters\n----------\nlr : float\n    The rate.\n\n"
        "Raises\n------\nValueError\n    If not.\n\n"
        "Examples\n--------\n>>> 1 + 1\n2\n",
    )
    assert html.count("<math") == 2 and "<code>code</code>" in html
    assert "<dt><code>lr</code> float</dt><dd><p>The rate.</p>" in html
    assert "<dt><code>ValueError</code></dt><dd><p>If not.</p>" in html
    assert '<span class="gp">&gt;&gt;&gt; </span>' in html and ":math:" not in html


def test_a_readme_without_the_command_is_a_problem(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("# Course\n\nHello.\n\n## Use\n\nNothing.\n")
    with pytest.raises(Problem, match="make lab"):
        index([], [], readme)
