"""Descent on two weights: learning rate, momentum and a start point to drag."""

import numpy as np
import traitlets

from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.widgets import grids, outcomes, own_step, scenes
from course_lib.widgets.explorer import Explorer, landscape_problem
from course_lib.widgets.tables import Code

SHOWN = 80  # steps drawn
FOLLOWED = 250  # steps taken to find out how a run ends
MOMENTA = [
    *(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85),
    *(0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99),
]
OPTIMIZERS = {
    "sgd": "Gradient descent",
    "momentum": "Momentum (heavy ball)",
    "ema": "Momentum (averaged gradient, EMA)",
    "nesterov": "Nesterov momentum",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}
NO_MOMENTUM = ["sgd", "rmsprop", "adam"]
# The stable learning rates of each form end at its factor, divided by the largest curvature.
# Of RMSprop, Adam and a step of one's own no such limit is known.
FACTORS = {
    "sgd": lambda beta: 2 + 0 * beta,
    "momentum": lambda beta: 2 * (1 + beta),
    "ema": lambda beta: 2 * (1 + beta) / (1 - beta),
    "nesterov": lambda beta: 2 * (1 + beta) / (1 + 2 * beta),
}
ADAPTIVE = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam}
LATE = f" The first {SHOWN} steps are drawn."
SENTENCES = (
    "converged in {steps step}.",
    "oscillates ({crossings overshoot}), converged in {steps step}.",
    "converged in {steps step}." + LATE,
    "oscillates ({crossings overshoot}), converged in {steps step}." + LATE,
    "diverged at step {steps}; the stability limit is {limit}.",
    "growing: will diverge; the stability limit is {limit}.",
    "diverged at step {steps}: there is no minimum to reach.",
    "runs away downhill: there is no minimum to reach.",
    "exactly on the stability limit {limit}: swings for ever.",
    "stuck where the gradient is zero, yet there is no minimum.",
    f"not there yet: {{left}} % of the distance is left after {SHOWN} steps.",
    f"not converged after {FOLLOWED} steps.",
    "diverged at step {steps}.",
)
DIVERGED, GROWING, LOST, RUNNING, SWINGING, STUCK, UNDERWAY, ELSEWHERE, GONE = range(4, 13)
VERDICT = ("outcome", "steps", "crossings", "left")


class Descent2D(Explorer):
    """Gradient descent, with or without momentum, on a landscape of two weights.

    Parameters
    ----------
    landscape : Landscape
        Of two weights: ``ellipse``, ``ravine(10)``, ``saddle`` or ``rosenbrock``; or
        ``survey(objective, start, bounds)`` of a function of your own.
    optimizer : str
        ``"sgd"`` (also ``"gradient descent"``), ``"momentum"``, ``"ema"``, ``"nesterov"``,
        ``"rmsprop"`` or ``"adam"``.
    step : callable
        A step of your own in place of the optimizer: ``step(theta, velocity, grad, lr, beta)``
        returns the next ``theta`` and ``velocity``; ``grad`` is a function.
    **settings
        Where the sliders stand at first: ``learning_rate``, ``momentum`` (0 to 0.99),
        ``start_x``, ``start_y``.

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have two weights, or a setting is out of its range.

    Examples
    --------
    >>> from course_lib import ellipse
    >>> Descent2D(ellipse, optimizer="gradient descent", learning_rate=0.1).status
    'Learning rate 0.1: converged in 30 steps.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    momentum = traitlets.Float().tag(sync=True)
    optimizer = traitlets.Unicode().tag(sync=True)
    start_x = traitlets.Float().tag(sync=True)
    start_y = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "momentum")
    own, at_once = None, True
    aliases = {"gradient descent": "sgd"}

    def __init__(self, landscape, optimizer="momentum", step=None, **settings):
        if problem := landscape_problem("landscape", landscape, n_params=2):
            raise problem
        if step is not None and (problem := own_step.problem(step, landscape)):
            raise problem
        self.own, options = step, OPTIMIZERS
        if step is not None:
            optimizer, options = "own", {"own": "Your own step"}
            self.at_once = own_step.broadcasts(step, landscape)
            self.axes = type(self).axes if self.at_once else ()
        self.codes = codes(landscape, self.axes)
        x, y = landscape.start
        given = {"learning_rate": gentle(landscape), "momentum": 0.8, "start_x": x, "start_y": y}
        super().__init__(
            landscape, scene(landscape, options), given | {"optimizer": optimizer} | settings
        )

    def compute(self, landscape, learning_rate, momentum, optimizer, start_x, start_y):
        """Where 80 steps go with each learning rate and momentum, and how each run ends."""

        def descend(lr, beta):
            if self.own is not None:
                return own_step.OwnStep(self.own, landscape, lr, beta)
            return make(optimizer, lr, beta)

        factor, start = FACTORS.get(optimizer, unknown), [start_x, start_y]
        if self.axes:
            return plane(landscape, learning_rate, momentum, descend, factor, start)
        alone = plane(landscape, [learning_rate], [momentum], descend, factor, start, alone=True)
        limit = alone.pop("limit")[0]
        return {name: values[0, 0] for name, values in alone.items()} | {"limit": limit}

    def texts(self, fixed):
        said = texts(self.subject, fixed["optimizer"])
        if self.own is not None:
            way = "works on all slider positions at once"
            if not self.at_once:
                way = "takes one run at a time, so each move asks Python"
            said["notes"] = {"learning_rate": f"Your step {way}."}
        return said

    def _call(self):
        name = getattr(self.own, "__name__", "step")  # functools.partial has none
        return super()._call() + ("" if self.own is None else f"step={name}, ")


def codes(landscape, axes):
    """How the tables of ``plane`` are packed."""
    loss, _ = scenes.loss_axis(landscape)
    places = [scenes.axis("", *bounds) for bounds in landscape.bounds]
    return dict.fromkeys(VERDICT, Code(axes)) | {
        "x": Code(axes, *scenes.reach(places[0])),
        "y": Code(axes, *scenes.reach(places[1])),
        "loss": scenes.loss_code(axes, loss),
        "limit": Code(axes[1:]),
    }


def gentle(landscape):
    """A learning rate of the slider at which every optimizer is well-behaved."""
    wanted = 0.4 / outcomes.largest_curvature(landscape)
    return min(rates(landscape), key=lambda lr: abs(lr - wanted))


def plane(landscape, learning_rate, momentum, descend, factor, start, alone=False):
    """Every pair of learning rate and momentum from one start: where it goes, how it ends.

    ``descend(lr, momentum)`` makes the optimizer, ``factor(momentum)`` its stability limit times
    the largest curvature. ``alone`` hands it numbers and one run rather than arrays.
    """
    learning_rate, momentum = np.asarray(learning_rate), np.asarray(momentum)
    grid = np.meshgrid(learning_rate, momentum, indexing="ij")
    lr, beta = (values.ravel() for values in grid)
    starts = np.tile(start, (len(lr), 1))
    if alone:
        optimizer = own_step.OneRun(descend(lr[0], beta[0]))
    else:
        optimizer = descend(lr[:, None], beta[:, None])
    history, ends = outcomes.follow(landscape, starts, optimizer, FOLLOWED)
    _, floor = scenes.loss_axis(landscape)
    runs = verdict(landscape, history, ends, lr, factor(beta)) | {
        "x": history.params[: SHOWN + 1, :, 0].T,
        "y": history.params[: SHOWN + 1, :, 1].T,
        "loss": history.loss[: SHOWN + 1].T - floor,
    }
    shape = grid[0].shape
    planes = {name: values.reshape(shape + values.shape[1:]) for name, values in runs.items()}
    limit = factor(momentum) / outcomes.largest_curvature(landscape)
    return planes | {"limit": limit if len(landscape.minima) else limit * np.nan}


def texts(landscape, optimizer):
    """The sentences, and the limit beside the slider."""
    opening = "Learning rate {learning_rate}"
    if optimizer not in NO_MOMENTUM:
        opening += ", momentum {momentum}"
    note = "Stability limit (marked \N{BLACK UP-POINTING TRIANGLE}): {limit}."
    if optimizer not in FACTORS:
        note = "No stability limit is known: each weight has a step size of its own."
    elif not len(landscape.minima):
        note = "No learning rate is stable: this landscape has no minimum."
    sentences = [f"{opening}: {sentence}" for sentence in SENTENCES]
    return {"sentences": sentences, "notes": {"learning_rate": note}}


def unknown(beta):
    """The factor of an optimizer that has no stability limit to quote."""
    return np.nan * beta


def make(optimizer, lr, momentum):
    """The optimizer of that name."""
    if optimizer in ADAPTIVE:
        return ADAPTIVE[optimizer](lr)
    return SGD(lr, momentum, nesterov=optimizer == "nesterov", ema=optimizer == "ema")


def verdict(landscape, history, ends, lr, factor):
    """Which of the ``SENTENCES`` fits each run, and the numbers it quotes."""
    quadratic, goal = outcomes.is_quadratic(landscape), len(landscape.minima) > 0
    steepness = lr * felt_curvature(landscape, history.params[0, 0]) / factor
    swinging = quadratic & goal & np.isclose(steepness, 1, rtol=1e-12)
    beyond = quadratic & (steepness > 1)
    at = ends.diverged_at
    endings = 2 * (ends.converged_at > SHOWN) + (ends.crossings > 0)
    cases = [
        (ends.converged_at >= 0, endings),
        (ends.stuck, STUCK),
        ((at >= 0) & np.isnan(factor) & goal, GONE),
        ((at >= 0) & (at <= SHOWN), DIVERGED if goal else LOST),
        (swinging, SWINGING),
        ((at >= 0) | beyond, GROWING if goal else RUNNING),
        (quadratic & goal, UNDERWAY),
    ]
    left = np.zeros(len(lr))
    if goal:
        away = history.params[[0, SHOWN]] - landscape.minima[ends.minimum]
        first, last = np.linalg.norm(away, axis=-1)
        with np.errstate(all="ignore"):
            left = 100 * last / first
    return {
        "outcome": np.select(*zip(*cases, strict=True), ELSEWHERE),
        "steps": np.where(at >= 0, at, ends.converged_at),
        "crossings": ends.crossings,
        "left": np.array([float(f"{part:.2g}") for part in left]),
    }


def felt_curvature(landscape, start):
    """The largest curvature at the minimum that a run from ``start`` can feel.

    A run that starts exactly on the axis of a bowl never leaves it. Without a minimum, a run
    feels a slope that never ends as soon as it is off the ridge.
    """
    place = landscape.minima[0] if len(landscape.minima) else np.zeros(2)
    curvatures, axes = np.linalg.eigh(landscape.hessian(place))
    felt = curvatures[np.abs((start - place) @ axes) > 0]
    if (felt < 0).any():
        return np.inf
    return felt.max(initial=0)


def rates(landscape):
    """Learning rates over more than two decades, up to the limit of the heaviest ball."""
    highest = float(f"{4.4 / outcomes.largest_curvature(landscape):.1e}")
    return grids.sparse_rates(highest / 105, highest)


def scene(landscape, options):
    """The map with the path on it, and the loss against the step."""
    starts = [grids.even(*bounds) for bounds in landscape.bounds]
    plain = {"setting": "optimizer", "value": NO_MOMENTUM}
    plain["sentence"] = "This optimizer has no momentum to set."
    knob = {"knob": {"x": "start_x", "y": "start_y"}}
    loss, _ = scenes.loss_axis(landscape)
    fall = {"kind": "path", "color": "path", "x": list(range(SHOWN + 1)), "y": "loss"}
    return {
        "title": f"Descent on {scenes.formula(landscape)}",
        "description": "Left: a map of the loss, with contour lines and the path of the "
        "run. Right: the loss against the step.",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", rates(landscape), marks="limit"),
            scenes.slider("momentum", "Momentum", MOMENTA, without=plain),
            scenes.choice("optimizer", "Optimizer", options),
            scenes.slider("start_x", "Start x", starts[0]),
            scenes.slider("start_y", "Start y", starts[1]),
        ],
        "panels": [
            scenes.path_on_map(landscape) | knob,
            scenes.panel("The loss after each step", scenes.axis("step", 0, SHOWN), loss, [fall]),
        ],
    }
