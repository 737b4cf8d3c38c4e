"""The worked example: a curve that is fitted to five points, at every learning rate."""

from numbers import Real

import numpy as np
import traitlets

from course_lib import checks, worked_example
from course_lib.datasets import skycak
from course_lib.losses import rss
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

GRID = np.linspace(-0.05, 1.05, 67).round(4)  # where the curve is drawn
CLOSE, FLAT = 0.1, 0.05
BEGINNING = 0.4  # where iteration 0 stands on an axis of logarithms
START, FITS, PLATEAU, LEVEL, UNDERWAY = range(5)
SENTENCES = [
    "{now} This is the start: the curve is far too high but at the two points on top.",
    "{now} The curve passes all five points, none farther away than {miss}.",
    "{now} A plateau: four points are fitted, and the middle one is given up: there the curve is "
    "at {middle}, not 0.5.",
    "{now} The curve is flat: it says {middle} whatever x is.",
    "{now} The worst point is the one at x = {where}: the curve misses it by {miss}.",
]


class WorkedExample(Explorer):
    """Five points, a network of 1, 4, 2 and 1 units, and gradient descent on the RSS.

    Parameters
    ----------
    **settings
        Where the sliders stand at first: ``learning_rate`` (0.01 to 10) and ``iteration``
        (0 to 1,000,000).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> WorkedExample(learning_rate=0.3, iteration=10_000).status
    'Learning rate 0.3, iteration 10000: RSS 0.2502. A plateau: four points are fitted, and the \
middle one is given up: there the curve is at 1, not 0.5.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    iteration = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "iteration")
    codes = {
        "curve": Code(axes, -0.1, 1.1),
        "along": Code(("learning_rate",), 1e-7, 10, log=True),
        "rss": Code(axes),
        "place": Code(("iteration",)),
        "miss": Code(axes),
        "where": Code(axes),
        "middle": Code(axes),
        "outcome": Code(axes),
    }

    def __init__(self, **settings):
        given = {"learning_rate": 0.01, "iteration": 0}
        super().__init__(None, scene(), given | settings)

    def __setattr__(self, name, value):
        if name == "iteration" and isinstance(value, Real) and value % 1:
            raise checks.wrong(ValueError, name, "a whole number", value)
        super().__setattr__(name, value)

    def compute(self, _, learning_rate, iteration):
        """The curve and its RSS for each rate and number of iterations, and RSS on the way."""
        net, _ = worked_example.start()
        X, Y = skycak()
        now, way = parameters(learning_rate, iteration)
        out, drawn = (net.predict(now.reshape(-1, net.n_params), x) for x in (X, GRID[:, None]))
        errors = np.abs(out - Y)[..., 0]
        arrays = {
            "curve": drawn[..., 0],
            "rss": rss(out, Y)[0],
            "miss": errors.max(axis=1),
            "where": X[errors.argmax(axis=1), 0],
            "middle": out[:, 2, 0],
            "outcome": outcome(errors, np.ptp(drawn[..., 0], axis=1)),
        }
        shape = now.shape[:2]
        arrays = {name: np.reshape(a, (*shape, *a.shape[1:])) for name, a in arrays.items()}
        arrays["outcome"][:, iteration == 0] = START
        along = rss(net.predict(way.reshape(-1, net.n_params), X), Y)[0]
        return arrays | {"along": along.reshape(way.shape[:2]), "place": places(iteration)}

    def texts(self, fixed):
        now = "Learning rate {learning_rate}, iteration {iteration}: RSS {rss}."
        return {"sentences": [text.replace("{now}", now) for text in SENTENCES], "notes": {}}


def parameters(rates, iterations):
    """The params at each rate and iteration, and at each of ``STEPS`` on the way.

    Those of the sliders' positions stand in a file. In between one run is walked, as far as it is
    asked for; what it would do later is NaN.
    """
    known, steps = worked_example.runs(), worked_example.STEPS
    if set(rates) <= set(worked_example.RATES) and set(iterations) <= set(steps):
        way = known[[worked_example.RATES.index(rate) for rate in rates]]
        return way[:, [steps.index(iteration) for iteration in iterations]], way
    (last,) = iterations.astype(int)
    n = np.searchsorted(steps, last, side="right")
    walked = worked_example.walk(rates, [*steps[:n], last])
    way = np.full((1, *known.shape[1:]), np.nan)
    way[:, :n] = walked[:, :n]
    return walked[:, -1:], way


def outcome(errors, height):
    """Which of the sentences fits, for errors of shape (n, 5) and the height of each curve."""
    others = np.delete(errors, 2, axis=1).max(axis=1)
    cases = [errors.max(axis=1) < CLOSE, height < FLAT, (others < CLOSE) & (errors[:, 2] > 0.4)]
    return np.select(cases, [FITS, LEVEL, PLATEAU], UNDERWAY).astype(float)


def places(iterations):
    """Where iterations stand on the axis."""
    return np.maximum(iterations, BEGINNING)


def scene():
    """The points with the curve, and the RSS of the whole run."""
    net, params = worked_example.start()
    X, Y = skycak()
    steps = scenes.log_axis("iteration", -0.55, 6.25, every=1)
    steps["ticks"], steps["tick_labels"] = (
        [BEGINNING, *steps["ticks"]],
        ["0", *steps["tick_labels"]],
    )
    first = net.predict(params, GRID[:, None])[:, 0].round(4).tolist()
    levels = [(1.0, "1: flat curve"), (0.25, "0.25: four of five")]
    return {
        "title": "Five points and the curve of a network",
        "description": "Left: the five points, the regression curve, and dashed the curve at the "
        "start. Right: the RSS on a logarithmic scale against the iteration, with a ring at the "
        "present one; dashed lines mark RSS 1, a flat curve, and RSS 0.25, four points of five.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", worked_example.RATES),
            scenes.slider("iteration", "Iteration", worked_example.STEPS, plays=8),
        ],
        "panels": [
            scenes.panel(
                "The curve; dashed: at the start; \N{BLACK DIAMOND} the five points",
                scenes.axis("x", -0.05, 1.05),
                scenes.axis("y", -0.05, 1.05),
                [
                    {"kind": "line", "x": GRID.tolist(), "y": first, "color": "curve"}
                    | {"dash": True},
                    {"kind": "line", "x": GRID.tolist(), "y": "curve", "color": "path", "width": 3},
                    scenes.marks(np.hstack([X, Y]), "diamond", "limit"),
                ],
            ),
            scenes.panel(
                "The RSS on the way",
                steps,
                scenes.log_axis("RSS", -6.3, 0.6, every=1),
                [
                    *(
                        {
                            "kind": "line",
                            "x": [steps["low"], steps["high"]],
                            "y": [y, y],
                            "color": "axis",
                        }
                        | {"dash": True, "width": 1}
                        for y, _ in levels
                    ),
                    {"kind": "line", "x": places(worked_example.STEPS).tolist(), "y": "along"}
                    | {"color": "path"},
                    {
                        "kind": "words",
                        "x": [1.2e4, 1.2e4],
                        "y": [1.8, 0.48],
                        "color": "text",
                        "labels": [text for _, text in levels],
                    },
                    {"kind": "marks", "x": "place", "y": "rss", "shape": "ring", "color": "limit"},
                ],
            ),
        ],
    }
