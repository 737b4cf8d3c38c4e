"""What an error in a learner's code most likely comes from, in a sentence.

>>> cause(KeyError("W3"))
'There is no such key. Which ones are there?'
"""

import re

MATMUL = re.compile(r"core dimension 0.* \(size (\d+) is different from (\d+)\)$", re.S)
DOT = re.compile(r"shapes .* not aligned: (\d+) \(dim \d\) != (\d+) \(dim \d\)")
APART = (
    "A function that returns a pair is taken apart first, a, b = f(...), and a list made an array."
)
CAUSES = (
    # A KeyError says the key and nothing else, which may be any word below.
    (r"^KeyError", "There is no such key. Which ones are there?"),
    (r"^UnboundLocalError", "In this function it is used before it has got a value."),
    (r"^NameError", "Is it misspelt, or made in a cell that has not run, or in another function?"),
    (
        r"unexpected keyword argument|positional argument|multiple values for argument",
        "Compare the call with the def line: the names, the number and the order of arguments.",
    ),
    (
        r"NoneType",
        "Something is None: a variable that has no value yet, or what a function without a "
        "return gives back.",
    ),
    (r"broadcast", "Entry by entry these shapes do not fit. Is a @ missing, or a .T?"),
    (
        r"does not have enough dimensions",
        "@ multiplies arrays; a single number has to become an array first, or takes *.",
    ),
    (
        r"inhomogeneous|rows of equal length",
        "Arrays of different shapes are together there (a pair, or the W and b of all layers?): "
        "take them one by one.",
    ),
    (
        r"values to unpack",
        "There are not as many names on the left as values on the right. (A dict is gone "
        "through with .items().)",
    ),
    (
        r"truth value of an array",
        "if, and, or, min and max want one number. For arrays there are np.where, np.minimum, "
        "np.maximum, .any() and .all().",
    ),
    (
        r"'dict' object (has no attribute|is not callable)",
        "What a dict holds is taken by its key, in square brackets: params['W1'].",
    ),
    (r"'(tuple|list)' object has no attribute", f"It is a tuple or a list. {APART}"),
    (r"'tuple' object .* item", "A tuple cannot be changed: build a new one."),
    (r"'set' object is not subscriptable", "A set has no order: sorted(...) makes a list of it."),
    (r"not callable", "Round brackets call a function. Has a variable taken its name?"),
    (r"not subscriptable|not iterable", "It is one thing, not many. What does print say of it?"),
    (r"(operand|instances|argument).*'dict'", "A dict has no arithmetic: take it key by key."),
    (
        r"(operand|instances|argument).*'(tuple|list)'|multiply sequence by",
        f"One of them is a tuple or a list. {APART}",
    ),
    (r"Cannot cast|read-only", "Work on a copy of floats: np.array(values, dtype=float)."),
    (r"reshape array|equal division", "The length does not go up evenly in that: what is left?"),
    (r"^IndexError", "Are there as many entries, and dimensions, as the index asks for?"),
    (r"^AttributeError", "Is it misspelt, or never set, or is the object of another type?"),
    (r"^ZeroDivisionError", "Say what is to happen where that is 0, before you divide."),
    (r"^RecursionError", "It calls itself without end."),
)


def described(error):
    """The kind of an error and what it says; NumPy's own words on ``@`` in plain ones."""
    text = f"{type(error).__name__}: {error}"
    if sizes := _misfit(text):
        columns, rows = sizes
        return f"ValueError: in A @ B, A has {columns} columns and B has {rows} rows"
    return text


def cause(error):
    """What such an error most likely comes from; an empty string where nothing is known."""
    text = f"{type(error).__name__}: {error}"
    if _misfit(text):
        return "The two must be equal. Is a .T missing, or one too many?"
    return next((why for pattern, why in CAUSES if re.search(pattern, text)), "")


def _misfit(text):
    """The columns of A and the rows of B, where NumPy says that A @ B does not fit."""
    if sizes := MATMUL.search(text):
        return sizes.groups()[::-1]
    sizes = DOT.search(text)
    return sizes and sizes.groups()
