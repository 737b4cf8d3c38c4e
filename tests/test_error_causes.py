"""Errors as Python and NumPy raise them today, and what a learner is told they come from."""

import numpy as np
import pytest

from course_lib.error_causes import CAUSES, cause, described

A, WHOLE, NOTHING = np.ones((4, 1)), np.array([1, 2]), None
DICT, LIST, TUPLE, SET = {"W1": 1}, [1, 2], (1, 2), {1}


def early():
    total = total + 1  # noqa: F821
    return total


def assign_in_place():
    WHOLE.copy()[:] -= 0.5


def set_entry():
    TUPLE[0] = 3


def unpack():
    a, b = {"W1": 1, "W2": 2, "b1": 3}
    return a, b


def endless():
    return endless()


@pytest.mark.parametrize(
    ("provoke", "says"),
    [
        (early, "before it has got a value"),
        (lambda: undefined, "misspelt"),  # noqa: F821
        (lambda: endless(1), "def line"),
        (lambda: endless(eps=1), "def line"),
        (lambda: NOTHING + 1, "without a return"),
        (lambda: NOTHING[0], "without a return"),
        (lambda: A @ A, "The two must be equal. Is a .T missing"),
        (lambda: np.dot(A, A), "The two must be equal. Is a .T missing"),
        (lambda: np.ones((2, 4)) * np.ones((4, 2)), "Is a @ missing"),
        (lambda: A @ 2.0, "a single number"),
        (lambda: np.array([np.ones(2), np.ones(3)]), "one by one"),
        (unpack, ".items()"),
        (lambda: 1 if A > 0 else 0, "np.where"),
        (lambda: 0.1 * {"W1": 1}, "key by key"),
        (lambda: (1, A) - 0.5, "taken apart first"),
        (lambda: 0.1 * (1, A), "taken apart first"),
        (assign_in_place, "copy of floats"),
        (lambda: A.reshape(-1, 3), "what is left"),
        (lambda: np.split(A, 3), "what is left"),
        (lambda: A[7, 0], "as many entries"),
        (lambda: {}["W1"], "Which ones are there?"),
        (lambda: A(0), "Round brackets"),
        (lambda: list(3), "one thing, not many"),
        (lambda: A.T.shapes, "misspelt"),
        (lambda: 1 / 0, "before you divide"),
        (endless, "without end"),
        (lambda: DICT.W1, "in square brackets"),
        (lambda: DICT("W1"), "in square brackets"),
        (lambda: LIST.shape, "It is a tuple or a list"),
        (lambda: LIST(0), "Round brackets"),
        (lambda: SET[0], "no order"),
        (set_entry, "cannot be changed"),
        (lambda: {}["NameError"], "Which ones are there?"),
        (lambda: {}["broadcast"], "Which ones are there?"),
    ],
)
def test_a_cause_is_named(provoke, says):
    with pytest.raises(Exception) as caught:
        provoke()
    assert says in cause(caught.value)


@pytest.mark.parametrize("product", [np.matmul, np.dot])
def test_a_product_that_does_not_fit_is_told_in_plain_words(product):
    with pytest.raises(ValueError, match="size|aligned") as caught:
        product(np.ones((3, 2)), np.ones((4, 5)))
    assert described(caught.value) == "ValueError: in A @ B, A has 2 columns and B has 4 rows"


def test_of_an_unknown_error_nothing_is_said():
    assert cause(TypeError("unhashable type: 'list'")) == ""
    assert cause(ValueError("IndexError, or 'dict'?")) == ""
    assert cause(ValueError("limit: expected a number > 0, got -1")) == ""
    assert len({pattern for pattern, _ in CAUSES}) == len(CAUSES)
