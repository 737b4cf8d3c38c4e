"""Three forms of momentum, which agree on the formula and not on what its rate means."""

from functools import partial

import numpy as np
import traitlets

from course_lib.landscapes import ravine
from course_lib.widgets import descent_2d, outcomes, scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code
from course_lib.widgets.words import number

SHOWN = 40  # steps drawn
FORMS = {"momentum": "Heavy ball", "ema": "EMA", "nesterov": "Nesterov"}
CONDITIONS = [1, 2, 5, 10, 20, 50, 100]
START = 10.0, 1.0
GROUND = 61  # cells of the map along each side
ENDINGS = (
    "converged in {%s_steps step}|diverges|swings for ever|"
    f"not there after {descent_2d.FOLLOWED} steps"
)


class MomentumForms(Explorer):
    """Heavy ball, averaged gradient and Nesterov side by side, at one rate and momentum.

    On ``x² + k y²``, whose curvatures are 2 and 2k: its condition number is k.

    Parameters
    ----------
    **settings
        Where the sliders stand at first: ``learning_rate`` (0.001 to 2), ``momentum`` (0 to
        0.99) and ``condition_number`` (1 to 100).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> MomentumForms(learning_rate=0.1, momentum=0.5, condition_number=10).status
    'Heavy ball: converged in 19 steps. EMA: converged in 18 steps. Nesterov: diverges.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    momentum = traitlets.Float().tag(sync=True)
    condition_number = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "momentum")

    def __init__(self, **settings):
        self.codes = {"limits": Code(("momentum",)), "ground": Code((), 0, 1, bits=8)}
        self.codes["outcome"] = Code(self.axes)
        for form in FORMS:
            self.codes |= {
                f"{form}_x": Code(self.axes, -100, 100),
                f"{form}_y": Code(self.axes, -100, 100),
                f"{form}_end": Code(self.axes),
                f"{form}_steps": Code(self.axes),
            }
        given = {"learning_rate": 0.02, "momentum": 0.9, "condition_number": 10}
        super().__init__(None, scene(), given | settings)

    def compute(self, _, learning_rate, momentum, condition_number):
        """Where each form goes with every pair, and how it ends."""
        landscape = ravine(float(condition_number))
        arrays = {"ground": ground(landscape)}
        for form in FORMS:
            descend, factor = partial(descent_2d.make, form), descent_2d.FACTORS[form]
            runs = descent_2d.plane(landscape, learning_rate, momentum, descend, factor, START)
            arrays |= {
                f"{form}_x": runs["x"][..., : SHOWN + 1],
                f"{form}_y": 10 * runs["y"][..., : SHOWN + 1],
                f"{form}_end": ending(runs["outcome"]),
                f"{form}_steps": runs["steps"],
            }
        curvature = outcomes.largest_curvature(landscape)
        limits = [descent_2d.FACTORS[form](momentum) / curvature for form in FORMS]
        limits = np.stack(limits, axis=-1)
        return arrays | {"limits": limits, "outcome": np.zeros(runs["outcome"].shape)}

    def texts(self, fixed):
        parts = (f"{name}: [{form}_end: {ENDINGS % form}]." for form, name in FORMS.items())
        note = "Marked \N{BLACK UP-POINTING TRIANGLE}: the stability limits of Nesterov, heavy "
        note += "ball and EMA, in this order. Without momentum they are the same."
        return {"sentences": [" ".join(parts)], "notes": {"learning_rate": note}}


def ending(outcome):
    """Which of the ``ENDINGS`` an outcome of ``descent_2d`` is."""
    lost = np.isin(outcome, [descent_2d.DIVERGED, descent_2d.GROWING])
    cases = [outcome < descent_2d.DIVERGED, lost, outcome == descent_2d.SWINGING]
    return np.select(cases, [0, 1, 2], 3)


def ground(landscape):
    """The loss over the map, in even steps of its root; the y axis is drawn tenfold."""
    x, y = np.linspace(-12, 12, GROUND), np.linspace(-1.2, 1.2, GROUND)
    loss, _ = landscape(np.stack(np.meshgrid(x, y), axis=-1))
    return np.sqrt(loss / loss.max()).ravel()


def rates():
    """About 32 decimals of two significant digits in every decade."""
    digits = [*range(10, 20), *range(20, 40, 2), *range(40, 100, 5)]
    return [*(float(f"{d}e{power}") for power in (-4, -3, -2) for d in digits), 1.0, 1.2, 1.5, 2.0]


def scene():
    """One map for each form."""
    place = scenes.axis("weight x", -12, 12)
    side = place | {"label": "weight y"}
    side["tick_labels"] = [number(tick / 10) for tick in side["ticks"]]
    cells = np.linspace(-12, 12, GROUND).round(3).tolist()
    under = {"kind": "mesh", "x": cells, "y": cells, "values": "ground", "alpha": 0.45}
    under["colors"] = ["paper", "hill"]
    minimum = scenes.marks([[0, 0]], "diamond", "minimum")
    walk = {"kind": "path", "color": "path", "ends": ["start", "end"]}
    return {
        "title": "Three forms of momentum on x² + k y²; \N{BLACK DIAMOND} is the minimum",
        "description": "Three maps of the same loss, each with the path of one form of momentum. "
        "Left: heavy ball. Middle: averaged gradient (EMA). Right: Nesterov.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", rates(), marks="limits"),
            scenes.slider("momentum", "Momentum", descent_2d.MOMENTA),
            scenes.slider("condition_number", "Condition number", CONDITIONS),
        ],
        "panels": [
            scenes.panel(
                f"{name}",
                place,
                side,
                [under, minimum, walk | {"x": f"{form}_x", "y": f"{form}_y"}],
            )
            for form, name in FORMS.items()
        ],
    }
