"""Formulas: LaTeX to MathML, which browsers draw themselves, and the font they are set in.

What the converter does not know it passes on in silence. Here that is an error, so that no page
shows a backslash.
"""

import base64
import io
import re
from importlib.metadata import distribution
from xml.etree import ElementTree

from fontTools import subset
from fontTools.ttLib import TTFont
from latex2mathml.converter import convert
from notebooks import Problem

FONT = "ziamath/fonts/STIXTwoMath-Regular.ttf"
NAMESPACE = "http://www.w3.org/1998/Math/MathML"
FUNCTIONS = {"arccos", "arcsin", "arctan", "cos", "cosh", "det", "exp", "ln", "log", "sin"}
FUNCTIONS |= {"sinh", "tan", "tanh"}
# Names the converter lacks or sets badly (it stretches one bar of a norm), by ones it has.
SAME = {r"{aligned}": r"{align*}", r"\arg\min": r"\argmin", r"\arg\max": r"\argmax"}
SAME |= {r"\lVert": r"\|", r"\rVert": r"\|"}
ITALIC = range(0x1D434, 0x1D468)
GREEK_ITALIC = range(0x1D6E2, 0x1D71C)
ITALIC_H, RADICAL = 0x210E, 0x221A
CLOSE = {"/", "|", "\N{DOUBLE VERTICAL LINE}"}  # TeX sets these without spaces
PRINTABLE = range(0x20, 0x7F)
# Where Unicode has A, a and 0 in other styles; browsers take these for the attribute.
STYLES = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}


def mathml(latex, display="inline"):
    """A formula as a `<math>` element."""
    for unknown, known in SAME.items():
        latex = latex.replace(unknown, known)
    ElementTree.register_namespace("", NAMESPACE)
    # One letter set upright looks to the converter like any other.
    text = _convert(latex, display)
    text = re.sub(r"<mi>&#x000(\w\w);</mi>", r'<mi mathvariant="normal">&#x000\1;</mi>', text)
    root = ElementTree.fromstring(text)
    root.set("display", display)
    for parent in list(root.iter()):
        _space_around_functions(parent)
        words = parent.text or ""
        if words in CLOSE:
            parent.tag = f"{{{NAMESPACE}}}mo"
            parent.attrib |= {"lspace": "0", "rspace": "0"}
        if parent.get("mathvariant") not in (None, "normal", "italic"):
            parent.text = _styled(words, parent.attrib.pop("mathvariant"))
        if "\\" in words or "$" in words or (words == "&" and _kind(parent) == "mi"):
            raise Problem(f"The site cannot set {words!r} in the formula {latex}")
    return ElementTree.tostring(root, encoding="unicode")


def _convert(latex, display):
    try:
        return convert(latex, display=display).replace("<mi>&</mi>", "<mi>&amp;</mi>")
    except Exception as error:  # the converter's own say nothing of where
        raise Problem(f"The site cannot set the formula {latex}: {error!r}") from error


def _styled(text, style):
    """Letters and digits in another style."""
    if style not in STYLES or not (text.isascii() and text.isalnum()):
        raise Problem(f"The site cannot set {text!r} in the style {style}")
    upper, lower, digit = STYLES[style]
    begin = {"A": upper, "a": lower, "0": digit}
    first = ["A" if c.isupper() else "a" if c.islower() else "0" for c in text]
    return "".join(chr(begin[f] + ord(c) - ord(f)) for c, f in zip(text, first, strict=True))


def _kind(element):
    return element.tag.partition("}")[2]


def _space_around_functions(parent):
    """`0.5 sin x` gets the thin spaces that `(sin(x))` does without."""
    if _kind(parent) not in ("mrow", "math", "mtd", "mstyle", "msqrt"):
        return
    children = list(parent)
    for place in reversed(range(len(children))):
        name = children[place]
        while _kind(name) in ("msub", "msup"):
            name = name[0]
        if name.text in FUNCTIONS:
            for neighbour in (place + 1, place - 1):
                beside = children[neighbour] if 0 <= neighbour < len(children) else None
                if beside is not None and _kind(beside) not in ("mo", "mspace"):
                    space = ElementTree.Element(f"{{{NAMESPACE}}}mspace", {"width": "0.167em"})
                    parent.insert(max(place, neighbour), space)


def font(pages):
    """The math font as a data URL, with the characters of the formulas in `pages` only."""
    found = "".join(re.findall(r"<math.*?</math>", "".join(pages), re.DOTALL))
    text = ElementTree.fromstring(f"<all>{found}</all>")
    wanted = {ord(character) for character in "".join(text.itertext())}
    wanted |= {
        *ITALIC,
        *GREEK_ITALIC,
        *PRINTABLE,
        ITALIC_H,
        RADICAL,
    }  # roots, and letters in italics
    math = TTFont(distribution("ziamath").locate_file(FONT))
    options = subset.Options(hinting=False, name_IDs=["*"], layout_features=["ssty", "dtls"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(math)
    _narrow_roots(math)
    math.flavor = "woff"
    stream = io.BytesIO()
    math.save(stream)
    return "data:font/woff;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def _narrow_roots(math):
    """Make all sizes of the root sign as wide as its smallest.

    Chromium leaves room for the widest, and a gap where a root is not tall.
    """
    small = math.getBestCmap()[RADICAL]
    variants = math["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(small)]
    names = {record.VariantGlyph for record in root.MathGlyphVariantRecord}
    names |= {part.glyph for part in root.GlyphAssembly.PartRecords}
    width, _ = math["hmtx"][small]
    for name in names:
        advance, bearing = math["hmtx"][name]
        glyph = math["glyf"][name]
        glyph.coordinates.scale((width / advance, 1))
        glyph.recalcBounds(math["glyf"])
        math["hmtx"][name] = (width, round(bearing * width / advance))
