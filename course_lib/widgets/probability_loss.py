"""What an answer costs, and how hard its price pulls: two losses of one probability."""

import numpy as np
import traitlets

from course_lib.losses import binary_cross_entropy, binary_cross_entropy_with_logits, mse
from course_lib.widgets import grids, scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

EDGE = [0.001, 0.002, 0.005]
PROBABILITIES = [*EDGE, *grids.even(0.01, 0.99, at_least=98), 0.995, 0.998, 0.999]
LABELS = {"1": "1, as in \N{LEFT DOUBLE QUOTATION MARK}yes\N{RIGHT DOUBLE QUOTATION MARK}"}
LABELS |= {"0": "0, as in \N{LEFT DOUBLE QUOTATION MARK}no\N{RIGHT DOUBLE QUOTATION MARK}"}
CURVE = np.linspace(0.001, 0.999, 250)
SYMBOLS = "\N{BLACK CIRCLE} cross-entropy, \N{BLACK SQUARE} squared error"


class ProbabilityLoss(Explorer):
    """Cross-entropy and squared error of one answer ``p = sigmoid(z)``, and their slopes in ``z``.

    Parameters
    ----------
    **settings
        Where the controls stand at first: ``probability`` (0.001 to 0.999) and ``label``
        (``"1"`` or ``"0"``).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> ProbabilityLoss(probability=0.1, label="1").status
    'The answer is 0.1, the label 1. Cross-entropy 2.303, squared error 0.81. Slope with respect \
to z: \N{MINUS SIGN}0.9 and \N{MINUS SIGN}0.162.'
    """

    probability = traitlets.Float().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    axes = ("probability", "label")

    def __init__(self, **settings):
        names = ("entropy", "square", "entropy_slope", "square_slope")
        self.codes = {"outcome": Code()} | {name: Code(self.axes) for name in names}
        self.codes |= {f"{name}_curve": Code(("label",), -8, 8) for name in names}
        super().__init__(None, scene(), {"probability": 0.1, "label": "1"} | settings)

    def compute(self, _, probability, label):
        """Both losses and both slopes, at every probability and for every label."""
        labels = np.array([float(one) for one in label])
        arrays = {"outcome": 0.0}
        for name, values in losses_and_slopes(np.asarray(probability), labels).items():
            arrays[name] = values.T
        curves = losses_and_slopes(CURVE, labels)
        return arrays | {f"{name}_curve": values for name, values in curves.items()}

    def texts(self, fixed):
        sentence = "The answer is {probability}, the label {label}. "
        sentence += "Cross-entropy {entropy}, squared error {square}. "
        sentence += "Slope with respect to z: {entropy_slope} and {square_slope}."
        return {"sentences": [sentence], "notes": {}}


def losses_and_slopes(p, labels):
    """Four arrays of shape (n_labels, n_probabilities)."""
    out = p[:, None, None]
    z = np.log(out) - np.log1p(-out)
    rows = {"entropy": [], "square": [], "entropy_slope": [], "square_slope": []}
    for label in labels:
        Y = np.array([[label]])
        square, slope = mse(out, Y)
        rows["entropy"].append(binary_cross_entropy(out, Y)[0])
        rows["square"].append(square)
        rows["entropy_slope"].append(binary_cross_entropy_with_logits(z, Y)[1].ravel())
        rows["square_slope"].append((slope * out * (1 - out)).ravel())  # chain rule: dp/dz
    return {name: np.array(values) for name, values in rows.items()}


def scene():
    """The price on the left, the pull on the right."""
    price = scenes.axis("loss", 0, 7.2)
    pull = scenes.axis("slope with respect to z", -1.1, 1.1)
    panels = [
        curves("What it costs", price, ""),
        curves("How it pulls", pull, "_slope"),
    ]
    return {
        "title": f"One answer, two losses: {SYMBOLS}",
        "description": "Both panels run over all probabilities. Left: cross-entropy (solid) and "
        "squared error (dashed). Right: the slope of each with respect to z, where the "
        "probability is the sigmoid of z.",
        "controls": [
            scenes.slider("probability", "Probability", PROBABILITIES),
            scenes.choice("label", "Label", LABELS),
        ],
        "panels": panels,
    }


def curves(title, side, ending):
    """Both losses, or their slopes, as curves with a symbol at the answer."""
    layers = []
    for name, color, shape, dash in (
        ("entropy", "path", "disc", False),
        ("square", "limit", "square", True),
    ):
        x = CURVE.round(4).tolist()
        line = {"kind": "line", "x": x, "y": f"{name}{ending}_curve", "dash": dash}
        mark = {"kind": "marks", "x": "probability", "y": f"{name}{ending}", "shape": shape}
        layers += [line | {"color": color}, mark | {"color": color}]
    return scenes.panel(title, scenes.axis("probability", -0.04, 1.04), side, layers)
