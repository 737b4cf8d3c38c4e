"""The error of a measured slope against the step it is measured with: the V."""

import numpy as np
import traitlets

from course_lib.gradients import numerical_gradient
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

W, SLOPE = 3.0, 40.0  # where the slope is measured, and what it is
CURVATURE, THIRD = 58.0, 54.0  # the next two derivatives there
ROUNDING = 2.0**-52  # relative gap between neighbouring floats
# Rounder digits would meet the grid of the floats by luck, and show too small an error.
DIGITS = (1, 1.3, 1.6, 1.9, 2.3, 2.8, 3.4, 4.1, 4.9, 5.9, 7.1, 8.6)
STEPS = [float(f"{digit}e{power}") for power in range(-16, 0) for digit in DIGITS] + [1.0]
VIEW = np.linspace(-2, 2, 161)  # the magnified part of the curve, in steps
FLOOR = 1e-16  # drawn in place of an error of 0, which has no logarithm
NEAR = 2.0  # within this factor of its best step, a difference is at the bottom of its V

LESS, MORE = "10 times less for a tenth of the step", "10 times more for a tenth of the step"
SENTENCES = (
    "truncation side. Relative error: central {central}, 100 times less for a tenth of the step; "
    "forward {forward}, 10 times less.",
    "the bottom of the central V, truncation and rounding in balance: relative error {central}. "
    "Forward, on its truncation side: {forward}.",
    f"central on its rounding side (relative error {{central}}, {MORE}), "
    "forward still on its truncation side ({forward}, 10 times less).",
    f"central on its rounding side (relative error {{central}}, {MORE}), "
    "forward at the bottom of its V ({forward}).",
    "rounding side. Few digits survive the subtraction. Relative error: central {central}, "
    f"forward {{forward}}, about {MORE}.",
    "nothing moves. The computer cannot tell w + h from w, so every measured slope is 0 "
    "(relative error 1).",
)
TRUNCATION, BOTTOM, BETWEEN, FORWARD_BOTTOM, ROUNDED, NOTHING = range(len(SENTENCES))


class NumericalError(Explorer):
    """A slope measured by forward, central and complex steps: its error against the step size.

    The slope is that of the quartic of chapter 2, w⁴ - 3w³ + 2w² + w, at w = 3: exactly 40.

    Parameters
    ----------
    **settings
        Where the slider stands at first: ``step_size`` (1e-16 to 1).

    Raises
    ------
    ValueError, TypeError
        If the setting is out of its range.

    Examples
    --------
    >>> NumericalError(step_size=0.1).status[:55]
    'Step size 0.1: truncation side. Relative error: central'
    """

    step_size = traitlets.Float().tag(sync=True)
    axes = ("step_size",)
    codes = (
        dict.fromkeys(("outcome", "central", "forward", "complex_step"), Code(axes))
        | dict.fromkeys(
            ("central_at", "forward_at", "complex_at"), Code(axes, FLOOR, 1e3, log=True)
        )
        | dict.fromkeys(("curve", "ends", "through", "beside"), Code(axes, -2000, 2000))
    )

    def __init__(self, **settings):
        super().__init__(None, scene(), {"step_size": 0.1} | settings)

    def compute(self, subject, step_size):
        """The slope measured with each step, its errors, and the curve as the step sees it."""
        h = np.asarray(step_size, dtype=float)
        rise = (height(W + h[:, None] * VIEW) - height(W)) / h[:, None]
        below, above = ((height(W + way * h) - height(W)) / h for way in (-1, 1))
        central = np.array([numerical_gradient(lambda w: height(w[0]), [W], eps)[0] for eps in h])
        errors = {
            "central": off(central),
            "forward": off(above),
            "complex": off(height(W + 1j * h).imag / h),
        }
        said = {name: rounded(error) for name, error in errors.items()}
        said["complex_step"] = said.pop("complex")
        return {
            "outcome": side(h),
            **said,
            **{f"{name}_at": np.maximum(error, FLOOR) for name, error in errors.items()},
            "curve": rise,
            "ends": np.stack([below, above], axis=-1),
            "through": (above + below)[:, None] / 2 + central[:, None] * VIEW[[0, -1]],
            "beside": above[:, None] * VIEW[[0, -1]],
        }

    def texts(self, fixed):
        note = "Complex step: relative error {complex_step}. It subtracts nothing, so it has "
        note += "no rounding side."
        sentences = [f"Step size {{step_size}}: {sentence}" for sentence in SENTENCES]
        return {"sentences": sentences, "notes": {"step_size": note}}


def height(w):
    """The quartic w⁴ - 3w³ + 2w² + w in Horner's form; w may be complex.

    Sums and products are rounded alike on every machine, powers are not.
    """
    return (((w - 3) * w + 2) * w + 1) * w


def off(slope):
    """The relative error of a measured slope."""
    return np.abs(slope - SLOPE) / SLOPE


def best_steps():
    """Where truncation and rounding are about equal: of the central and the forward difference.

    Truncation costs h² f‴/6 and h f″/2, rounding about 2⁻⁵² f/h.
    """
    rounding = ROUNDING * height(W)
    return (rounding / (THIRD / 6)) ** (1 / 3), (rounding / (CURVATURE / 2)) ** 0.5


def side(h):
    """Which of the ``SENTENCES`` fits each step."""
    central, forward = best_steps()
    cases = [
        ((W + h == W) & (W - h == W), NOTHING),
        (h > NEAR * central, TRUNCATION),
        (h > central / NEAR, BOTTOM),
        (h > NEAR * forward, BETWEEN),
        (h > forward / NEAR, FORWARD_BOTTOM),
    ]
    return np.select(*zip(*cases, strict=True), ROUNDED)


def rounded(errors):
    """Two digits: a rounding error has no more to say."""
    return np.array([float(f"{error:.2g}") for error in errors])


def scene():
    """The V, and the curve magnified until the step fills the picture."""
    here = {"kind": "marks", "x": "step_size"}
    series = {  # name: shape, colour, and where its name stands
        "complex": ("triangle", "other", "complex step", 1e-11, 3e-15),
        "forward": ("square", "limit", "forward", 2e-6, 3e-3),
        "central": ("ring", "path", "central", 1.5e-3, 1e-11),
    }
    layers = [
        {"kind": "cloud", "table": f"{name}_at", "color": color, "size": 3, "alpha": 0.8}
        for name, (_, color, *_) in series.items()
    ]
    layers += [{"kind": "rule", "x": "step_size", "color": "text", "dash": False}]
    for name, (shape, color, *_) in series.items():
        layers.append(here | {"y": f"{name}_at", "shape": shape, "color": color})
    for _, color, label, x, y in series.values():
        layers.append({"kind": "words", "x": [x], "y": [y], "color": color, "labels": [label]})
    sides = ["\N{LEFTWARDS ARROW} rounding side", "truncation side \N{RIGHTWARDS ARROW}"]
    layers.append({"kind": "words", "x": [3e-12, 2e-4], "y": [8, 8], "color": "text"})
    layers[-1] |= {"labels": sides, "front": True}

    across, wide = VIEW.round(3).tolist(), VIEW[[0, -1]].tolist()
    magnified = [
        {"kind": "line", "x": across, "y": "curve", "color": "curve", "width": 3},
        {"kind": "line", "x": wide, "y": "beside", "color": "limit"},
        {"kind": "line", "x": wide, "y": "through", "color": "path"},
        {"kind": "line", "x": wide, "y": [SLOPE * t for t in wide], "color": "minimum"},
        scenes.marks([[0, 0]], "disc", "text", labels=["w"], sides=["below right"]),
        {"kind": "marks", "x": [-1, 1], "y": "ends", "shape": "ring", "color": "path"},
    ]
    magnified[3]["dash"] = True
    return {
        "title": "Measuring the slope of w⁴ \N{MINUS SIGN} 3w³ + 2w² + w at w = 3, which is 40",
        "description": "Left: the relative error of the measured slope against the step, both on "
        "logarithmic scales: the central difference makes a V, the forward difference a shallower "
        "V above it, the complex step falls to the foot of the picture, where no digit is left to "
        "be wrong, and stays there. Right: the curve within two steps of w with the two secants "
        "and, dashed, the true slope.",
        "controls": [scenes.slider("step_size", "Step size", STEPS)],
        "panels": [
            scenes.panel(
                "The error of the slope",
                scenes.log_axis("step size h", -16.4, 0.4, every=4),
                scenes.log_axis("relative error", -16.8, 1.5, every=4),
                layers,
                knob={"x": "step_size", "y": "central_at"},
            ),
            scenes.panel(
                "Magnified; dashed: the true slope",
                scenes.axis("distance from w, in steps", *wide),
                scenes.axis("change of the loss \N{DIVISION SIGN} step", -90, 100),
                magnified,
            ),
        ],
    }
