"""One answer and two losses, against the formulas and finite differences."""

import math

import numpy as np
import pytest

from course_lib.widgets import ProbabilityLoss, tables


@pytest.mark.parametrize("label", ["0", "1"])
def test_prices_and_pulls_are_those_of_the_formulas(label):
    explorer = ProbabilityLoss(label=label)
    explorer._show()
    y, eps = float(label), 1e-6
    for p in explorer.plane["axes"]["probability"]:
        frame = tables.frame(explorer.plane, {"probability": p, "label": label})
        z = math.log(p / (1 - p))

        def entropy(z):
            p = 1 / (1 + math.exp(-z))
            return -math.log(p if y else 1 - p)

        def square(z):
            return (1 / (1 + math.exp(-z)) - y) ** 2

        for name, loss in (("entropy", entropy), ("square", square)):
            slope = (loss(z + eps) - loss(z - eps)) / (2 * eps)
            assert frame[name] == pytest.approx(loss(z), abs=1e-6)
            assert frame[f"{name}_slope"] == pytest.approx(slope, abs=1e-6)


def test_a_sure_mistake_pulls_hard_with_one_loss_and_not_at_all_with_the_other():
    explorer = ProbabilityLoss(probability=0.001, label="1")
    assert "Cross-entropy 6.908, squared error 0.998." in explorer.status
    assert explorer.status.endswith("\N{MINUS SIGN}0.999 and \N{MINUS SIGN}0.001996.")
    explorer._show()
    arrays = {name: tables.unpack(table) for name, table in explorer.plane["tables"].items()}
    yes, no = (explorer.plane["axes"]["label"].index(label) for label in "10")
    assert (np.diff(arrays["entropy"][:, yes]) < 0).all()  # dearer, the less probable
    assert (np.diff(arrays["entropy"][:, no]) > 0).all()


def test_settings_out_of_range_are_refused():
    with pytest.raises(ValueError, match="probability: expected a number from 0.001 to 0.999"):
        ProbabilityLoss(probability=1)
    with pytest.raises(ValueError, match="label"):
        ProbabilityLoss(label="2")


def test_the_line_to_copy_shows_the_picture_again():
    one = ProbabilityLoss(probability=0.3, label="0")
    assert eval(one.call).status == one.status
