"""Gradient descent on one weight: watch the steps walk down a curve."""

from course_lib.widgets import grids, one_weight, scenes

SHOWN = 50  # steps drawn
FOLLOWED = 400  # steps taken to find out how a run ends
RATES = grids.rates(0.001, 1.2, extra=[1.05])


class Descent1D(one_weight.OneWeight):
    """Gradient descent on a landscape of one weight.

    Parameters
    ----------
    landscape : Landscape
        Of one weight: ``x_squared``, ``quartic`` or ``wavy_bowl``.
    **settings
        Where the sliders stand at first: ``learning_rate`` (0.001 to 1.2) and ``start``.

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have one weight, or a setting is out of its range.

    Examples
    --------
    >>> from course_lib import x_squared
    >>> Descent1D(x_squared, learning_rate=0.5).status
    'Learning rate 0.5 from start 5: converged in 1 step to the minimum at w = 0.'
    """

    weights, heights, losses = ("w",), ("height",), ("excess",)
    shown, followed = SHOWN, FOLLOWED

    def scene_of(self, landscape):
        return scene(landscape)

    def compute(self, landscape, learning_rate, start):
        """Where 50 steps of gradient descent go with each rate, and how each run ends."""
        w, loss, verdict = one_weight.judged(landscape, learning_rate, start, SHOWN, FOLLOWED)
        _, floor = scenes.loss_axis(landscape)
        return verdict | {
            "w": w[:, : SHOWN + 1],
            "height": loss[:, : SHOWN + 1],
            "excess": loss[:, : SHOWN + 1] - floor,
            "limits": one_weight.limits(landscape),
            "start_height": loss[0, 0],
        }


def scene(landscape):
    """The curve with the steps on it, and the loss against the step."""
    place, height = one_weight.curve_axes(landscape)
    loss, _ = scenes.loss_axis(landscape)
    low, high = landscape.bounds[0]
    walk = {"kind": "path", "color": "path", "ends": ["start", "end"]}
    return {
        "title": f"Gradient descent on {scenes.formula(landscape)}",
        "description": "Left: the loss curve with the steps of the run. Right: the loss, on a "
        "logarithmic scale, against the step.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", RATES, marks="limits"),
            scenes.slider("start", "Start", grids.even(low, high)),
        ],
        "panels": [
            scenes.panel(
                "The steps on the curve",
                place,
                height,
                [*one_weight.curve_layers(landscape), walk | {"x": "w", "y": "height"}],
                knob={"x": "start", "y": "start_height"},
            ),
            scenes.panel(
                "The loss after each step",
                scenes.axis("step", 0, SHOWN),
                loss,
                [{"kind": "path", "color": "path", "x": list(range(SHOWN + 1)), "y": "excess"}],
            ),
        ],
    }
