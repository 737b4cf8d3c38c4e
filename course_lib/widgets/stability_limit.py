"""Where gradient descent ends up, for every learning rate at once."""

import numpy as np

from course_lib.widgets import grids, one_weight, scenes
from course_lib.widgets.words import number

STEPS = 1000
LAST = 100  # the last steps, which show where a run ends up
RATES = [round(0.005 * k, 3) for k in range(1, 241)]


class StabilityLimit(one_weight.OneWeight):
    """The last steps of gradient descent on a landscape of one weight, for every learning rate.

    Up to the stability limit of a minimum runs settle in it; beyond, they jump between two
    places, then between many, and at last run away.

    Parameters
    ----------
    landscape : Landscape
        Of one weight: ``x_squared``, ``quartic`` or ``wavy_bowl``.
    **settings
        Where the sliders stand at first: ``learning_rate`` (0.005 to 1.2) and ``start``.

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have one weight, or a setting is out of its range.

    Examples
    --------
    >>> from course_lib import wavy_bowl
    >>> StabilityLimit(wavy_bowl, learning_rate=0.5).status
    'Learning rate 0.5 from start 3: never settles: wanders between 0.65 and 1.'
    """

    weights, heights = ("places", "gone"), ("heights",)
    shown = followed = STEPS

    def scene_of(self, landscape):
        return scene(landscape)

    def compute(self, landscape, learning_rate, start):
        """Where the last 100 of 1,000 steps are with each rate, and how each run ends."""
        w, loss, verdict = one_weight.judged(landscape, learning_rate, start, STEPS, STEPS)
        low, high = scenes.widened(landscape.bounds[0], 0.035)
        return verdict | {
            "places": w[:, -LAST:],
            "heights": loss[:, -LAST:],
            "gone": np.where(np.isnan(w[:, -1]), low, np.nan),
            "limits": one_weight.limits(landscape),
            "start_height": loss[0, 0],
        }


def scene(landscape):
    """The curve with the last steps on it, and where every learning rate ends up."""
    place, height = one_weight.curve_axes(landscape)
    low, high = landscape.bounds[0]
    names = [name.removesuffix("minimum") or "limit " for name in one_weight.names(landscape)]
    limits = one_weight.limits(landscape)
    labels = [f"{name}{number(x)}" for name, x in zip(names, limits, strict=True)]
    span = place["high"] - place["low"]
    weight = place | {"label": "weight w in the last steps", "high": place["high"] + 0.15 * span}
    last = {"kind": "dots", "color": "limit"}
    return {
        "title": f"Where gradient descent on {scenes.formula(landscape)} ends up",
        "description": f"Left: the loss curve with the last {LAST} of {STEPS} steps. Right: for "
        "every learning rate, the weights where those last steps are; upright lines mark the "
        "stability limit of each minimum and the present learning rate; a bar at the foot marks "
        "the rates that diverge.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", RATES, marks="limits"),
            scenes.slider("start", "Start", grids.even(low, high)),
        ],
        "panels": [
            scenes.panel(
                f"The last {LAST} of {STEPS} steps",
                place,
                height,
                [
                    *one_weight.curve_layers(landscape),
                    last | {"x": "places", "y": "heights"},
                    {
                        "kind": "marks",
                        "x": "start",
                        "y": "start_height",
                        "shape": "ring",
                        "color": "path",
                        "labels": ["start"],
                        "sides": [""],
                    },
                ],
                knob={"x": "start", "y": "start_height"},
            ),
            scenes.panel(
                "Where each rate ends up; dashed: 2/f\N{DOUBLE PRIME}",
                scenes.axis("learning rate (bar at the foot: diverges)", 0, RATES[-1]),
                weight,
                [
                    {"kind": "cloud", "table": "places", "color": "cloud"},
                    {"kind": "cloud", "table": "gone", "color": "limit", "size": 4, "alpha": 1},
                    {"kind": "rule", "x": limits.tolist(), "color": "limit", "labels": labels},
                    {"kind": "rule", "x": "learning_rate", "color": "text", "dash": False},
                    last | {"x": "learning_rate", "y": "places"},
                ],
                knob={"x": "learning_rate", "y": place["low"]},
            ),
        ],
    }
