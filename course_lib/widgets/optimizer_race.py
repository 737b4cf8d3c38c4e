"""Four optimizers from one start, each with a learning rate of its own."""

import numpy as np
import traitlets

from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.training import minimize
from course_lib.widgets import grids, outcomes, scenes
from course_lib.widgets.explorer import Explorer, landscape_problem
from course_lib.widgets.tables import Code

STEPS, EVERY = 500, 4  # steps taken, and of how many one is drawn
RACERS = {
    "sgd": ("gradient descent", SGD, "square", "path"),
    "momentum": ("momentum", lambda lr: SGD(lr, momentum=0.9), "ring", "limit"),
    "rmsprop": ("RMSprop", RMSprop, "disc", "other"),
    "adam": ("Adam", Adam, "triangle", "text"),
}
# No line breaks between a symbol and its name.
SYMBOLS = "  ".join(
    f"{symbol}\N{NO-BREAK SPACE}{name}"
    for symbol, name in {
        "\N{BLACK SQUARE}": "descent",
        "\N{WHITE CIRCLE}": "momentum",
        "\N{BLACK CIRCLE}": "RMSprop",
        "\N{BLACK UP-POINTING TRIANGLE}": "Adam",
    }.items()
)


class OptimizerRace(Explorer):
    """Gradient descent, momentum, RMSprop and Adam on a landscape of two weights.

    A race says as much about the learning rates as about the optimizers: so each has its own.

    Parameters
    ----------
    landscape : Landscape
        Of two weights with a minimum, such as ``rosenbrock``.
    **settings
        Where the sliders stand at first: ``learning_rate_sgd``, ``learning_rate_momentum``,
        ``learning_rate_rmsprop``, ``learning_rate_adam``, ``start_x`` and ``start_y``.

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have two weights and a minimum, or a setting is out of range.
    """

    learning_rate_sgd = traitlets.Float().tag(sync=True)
    learning_rate_momentum = traitlets.Float().tag(sync=True)
    learning_rate_rmsprop = traitlets.Float().tag(sync=True)
    learning_rate_adam = traitlets.Float().tag(sync=True)
    start_x = traitlets.Float().tag(sync=True)
    start_y = traitlets.Float().tag(sync=True)
    axes = tuple(f"learning_rate_{name}" for name in RACERS)

    def __init__(self, landscape, **settings):
        if problem := landscape_problem("landscape", landscape, n_params=2, with_minimum=True):
            raise problem
        loss, _ = scenes.loss_axis(landscape)
        places = [scenes.axis("", *bounds) for bounds in landscape.bounds]
        self.codes = {"outcome": Code()}
        for name, axis in zip(RACERS, self.axes, strict=True):
            for way, place in zip("xy", places, strict=True):
                code = Code((axis,), *scenes.reach(place))
                self.codes |= {f"{name}_{way}": code, f"{name}_end_{way}": code}
            losses = scenes.loss_code((axis,), loss)
            self.codes |= {f"{name}_loss": losses, f"{name}_end_loss": losses}
            facts = ("last", "steps", "gone", "end_step")
            self.codes |= {f"{name}_{fact}": Code((axis,)) for fact in facts}
        start_x, start_y = landscape.start
        given = dict(zip(self.axes, map(middle, rates(landscape)), strict=True))
        given |= {"start_x": start_x, "start_y": start_y}
        super().__init__(landscape, scene(landscape), given | settings)

    def compute(self, landscape, start_x, start_y, **learning_rates):
        """Where each optimizer goes with every learning rate of its own."""
        arrays = {"outcome": 0.0}
        _, floor = scenes.loss_axis(landscape)
        for (name, (_, make, *_)), axis in zip(RACERS.items(), self.axes, strict=True):
            lr = learning_rates[axis]
            start = np.tile([start_x, start_y], (len(lr), 1))
            history = minimize(landscape, start, make(lr[:, None]), STEPS)
            at = history.diverged_at
            last = np.where(at < 0, STEPS, at)
            runs = np.arange(len(lr))
            ends = history.params[np.maximum(last - (at >= 0), 0), runs]
            arrays |= {
                f"{name}_x": history.params[::EVERY, :, 0].T,
                f"{name}_y": history.params[::EVERY, :, 1].T,
                f"{name}_loss": history.loss[::EVERY].T - floor,
                f"{name}_end_x": ends[:, 0],
                f"{name}_end_y": ends[:, 1],
                f"{name}_end_loss": history.loss[last, runs] - floor,
                f"{name}_end_step": last,
                f"{name}_last": history.loss[STEPS],
                f"{name}_steps": at,
                f"{name}_gone": at >= 0,
            }
        return arrays

    def texts(self, fixed):
        parts = (
            f"{words} [{name}_gone: {{{name}_last}}|diverged at step {{{name}_steps}}]"
            for name, (words, *_) in RACERS.items()
        )
        return {"sentences": [f"Loss after {STEPS} steps: {', '.join(parts)}."], "notes": {}}


def rates(landscape):
    """The learning rates of each racer.

    The first two have a limit, set by the curvature, and go beyond it; the others have none.
    """
    highest = float(f"{10.1 / outcomes.largest_curvature(landscape):.1e}")
    plain, adaptive = grids.sparse_rates(highest / 500, highest), grids.sparse_rates(1e-4, 3)
    return plain, plain, adaptive, adaptive


def middle(positions):
    """A moderate position of a slider."""
    return positions[int(0.6 * len(positions))]


def scene(landscape):
    """The map with four paths, and four loss curves."""
    drawn = scenes.path_on_map(landscape)
    drawn |= {"title": SYMBOLS, "layers": drawn["layers"][:-1]}  # without its one path
    loss, _ = scenes.loss_axis(landscape)
    fall = scenes.panel("The loss after each step", scenes.axis("step", 0, 1.04 * STEPS), loss, [])
    steps = list(range(0, STEPS + 1, EVERY))
    for name, (_, _, shape, color) in RACERS.items():
        line = {"kind": "line", "color": color, "width": 1.6}
        mark = {"kind": "marks", "shape": shape, "color": color}
        drawn["layers"] += [
            line | {"x": f"{name}_x", "y": f"{name}_y"},
            mark | {"x": f"{name}_end_x", "y": f"{name}_end_y"},
        ]
        fall["layers"] += [
            line | {"x": steps, "y": f"{name}_loss"},
            mark | {"x": f"{name}_end_step", "y": f"{name}_end_loss"},
        ]
    starts = [grids.even(*bounds) for bounds in landscape.bounds]
    return {
        "title": f"Four optimizers on {scenes.formula(landscape)}",
        "description": "Left: a map of the loss with the path of each optimizer, a symbol at its "
        "end. Right: the loss of each against the step.",
        "controls": [
            *(
                scenes.slider(f"learning_rate_{name}", f"Learning rate, {words}", positions)
                for (name, (words, *_)), positions in zip(
                    RACERS.items(), rates(landscape), strict=True
                )
            ),
            scenes.slider("start_x", "Start x", starts[0]),
            scenes.slider("start_y", "Start y", starts[1]),
        ],
        "panels": [drawn | {"knob": {"x": "start_x", "y": "start_y"}}, fall],
    }
