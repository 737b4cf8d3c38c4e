"""Which pairs of learning rate and momentum work: a map of all of them at once."""

from functools import partial

import numpy as np
import traitlets

from course_lib.widgets import descent_2d, outcomes, scenes
from course_lib.widgets.explorer import Explorer, landscape_problem
from course_lib.widgets.tables import Code

FASTEST = 8  # steps; a run that needs no more is as dark as any


class MomentumMap(Explorer):
    """Every learning rate and momentum on a landscape of two weights; pick one to see its run.

    Parameters
    ----------
    landscape : Landscape
        Of two weights: ``ellipse``, ``ravine(10)`` or ``rosenbrock``.
    **settings
        Where the sliders stand at first: ``learning_rate`` and ``momentum`` (0 to 0.99).

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have two weights and a minimum, or a setting is out of range.

    Examples
    --------
    >>> from course_lib import ravine
    >>> MomentumMap(ravine(10), learning_rate=0.05, momentum=0.5).status
    'Learning rate 0.05, momentum 0.5: oscillates (6 overshoots), converged in 18 steps.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    momentum = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "momentum")

    def __init__(self, landscape, **settings):
        if problem := landscape_problem("landscape", landscape, n_params=2, with_minimum=True):
            raise problem
        cells = Code(self.axes, 0, 1, bits=8)
        self.codes = descent_2d.codes(landscape, self.axes) | {"speed": cells, "lost": cells}
        given = {"learning_rate": descent_2d.gentle(landscape), "momentum": 0.8}
        super().__init__(landscape, scene(landscape), given | settings)

    def compute(self, landscape, learning_rate, momentum):
        """Where every pair goes from the landscape's start, how it ends and how soon."""
        descend, factor = partial(descent_2d.make, "momentum"), descent_2d.FACTORS["momentum"]
        start = landscape.start
        runs = descent_2d.plane(landscape, learning_rate, momentum, descend, factor, start)
        ends, converged = runs["outcome"], runs["outcome"] < descent_2d.DIVERGED
        lost = np.isin(ends, [descent_2d.DIVERGED, descent_2d.GROWING])
        with np.errstate(invalid="ignore", divide="ignore"):
            slowness = np.log(runs["steps"] / FASTEST) / np.log(descent_2d.FOLLOWED / FASTEST)
        return runs | {
            "speed": np.where(converged, 1 - np.clip(slowness, 0, 1), np.nan),
            "lost": np.where(lost, 1.0, np.nan),
        }

    def texts(self, fixed):
        return descent_2d.texts(self.subject, "momentum")


def scene(landscape):
    """The map of all pairs, and the run of one of them."""
    rates = descent_2d.rates(landscape)
    theory, names, legend = [], [], ""
    if outcomes.is_quadratic(landscape):
        theory, legend = lines(landscape)
        names = [regions(landscape, rates)]
    place = scenes.log_axis("learning rate", *np.log10([rates[0], rates[-1]]), every=1)
    run = scenes.path_on_map(landscape, "Its run on the map")
    mesh = {"kind": "mesh", "alpha": 0.55}
    return {
        "title": f"Learning rate and momentum on {scenes.formula(landscape)}",
        "description": "Left: for every pair of learning rate and momentum, how soon it converges "
        f"(the deeper the blue, the sooner) and whether it diverges (orange){legend}. Right: a map "
        "of the loss with the path of the chosen pair.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", rates, marks="limit"),
            scenes.slider("momentum", "Momentum", descent_2d.MOMENTA),
        ],
        "panels": [
            scenes.panel(
                "Deep blue: soon there; orange: diverges",
                place,
                scenes.axis("momentum", 0, 1),
                [
                    mesh | {"table": "speed", "colors": ["paper", "path"]},
                    mesh | {"table": "lost", "colors": ["paper", "limit"]},
                    *theory,
                    *names,
                    {
                        "kind": "marks",
                        "x": "learning_rate",
                        "y": "momentum",
                        "shape": "ring",
                        "color": "text",
                    },
                ],
                knob={"x": "learning_rate", "y": "momentum"},
            ),
            run,
        ],
    }


def lines(landscape):
    """What theory says of a quadratic: limit, onset of oscillation, and the best pair.

    With curvatures from ``low`` to ``high``, heavy ball is stable for ``lr < 2 (1 + beta) / high``
    and turns to and fro along the stiffest axis from ``lr = (1 - sqrt(beta))**2 / high`` on. Its
    best pair is ``beta = ((r - 1) / (r + 1))**2`` with ``r = sqrt(high / low)`` and
    ``lr = (2 / (sqrt(high) + sqrt(low)))**2`` (Polyak, 1964).
    """
    low, high = np.linalg.eigvalsh(landscape.hessian(landscape.minima[0]))
    beta = np.linspace(0, 0.99, 100)
    limit, onset = 2 * (1 + beta) / high, (1 - np.sqrt(beta)) ** 2 / high
    ratio = np.sqrt(high / low)
    best = (2 / (np.sqrt(high) + np.sqrt(low))) ** 2, ((ratio - 1) / (ratio + 1)) ** 2
    line = {"kind": "line", "y": beta.tolist(), "width": 2}
    theory = [
        line | {"x": limit.tolist(), "color": "limit"},
        line | {"x": onset.tolist(), "color": "text", "dash": True},
        scenes.marks([best], "diamond", "minimum", labels=["best pair"], sides=["below left"]),
    ]
    return theory, "; solid line: the stability limit; dashed: the onset of oscillation"


def regions(landscape, rates):
    """What the lines divide."""
    high = outcomes.largest_curvature(landscape)
    onset = (1 - np.sqrt(0.06)) ** 2 / high
    slow, swinging = np.sqrt(rates[0] * onset), np.sqrt(rates[0] * 2 / high)
    labels = ["no overshoot", "oscillates"]
    place = {"x": [slow, 1.6 * swinging], "y": [0.06, 0.62]}
    return {"kind": "words", "labels": labels, "color": "text"} | place
