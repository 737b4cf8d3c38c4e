"""Numbers and sentences, written alike in Python and in the browser.

``js/words.js`` holds the same two functions. A test compares them, so that the sentence
``explorer.status`` gives is the very one under the picture.
"""

import math
import re
from decimal import ROUND_HALF_UP, Context

MINUS = "\N{MINUS SIGN}"  # a screen reader says "minus", where it may skip a hyphen


def number(value, digits=4):
    """A number with at most ``digits`` significant digits, as one would say it.

    Examples
    --------
    >>> number(0.05), number(43.0), number(2 / 3), number(1.5e7)
    ('0.05', '43', '0.6667', '1.5×10^7')
    """
    sign = MINUS if value < 0 else ""
    if not math.isfinite(value):
        return "unknown" if math.isnan(value) else f"{sign}infinity"
    size = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(abs(float(value)))
    power = size.adjusted() if size else 0
    if -5 < power < 6:
        return f"{sign}{size.normalize():f}" if size else "0"
    exponent = f"{MINUS if power < 0 else ''}{abs(power)}"
    return f"{sign}{size.scaleb(-power).normalize():f}×10^{exponent}"


def fill(template, values):
    """Put values into a sentence: ``{name}``, or ``{name step}`` to count steps.

    ``[name: first|second]`` stands for the words that the number ``name`` counts from 0.

    Examples
    --------
    >>> fill("{lr}: there in {n step}", {"lr": 0.1, "n": 1}), fill("{n step}", {"n": 2})
    ('0.1: there in 1 step', '2 steps')
    >>> fill("it [end: stays|rises to {height}].", {"end": 1, "height": 3.0})
    'it rises to 3.'
    """

    def write(match):
        value, noun = values[match[1]], match[2] or ""
        text = value if isinstance(value, str) else number(value)
        return text + noun + ("s" if noun and value != 1 else "")

    def choose(match):
        return match[2].split("|")[int(values[match[1]])]

    template = re.sub(r"\[(\w+): ([^\]]*)\]", choose, template)
    return re.sub(r"\{(\w+)( \w+)?\}", write, template)
