"""Schedules: how the rate changes, and what that does to a descent on noisy slopes."""

from itertools import product

import numpy as np
import traitlets

from course_lib import schedules
from course_lib.landscapes import ravine
from course_lib.optimizers import SGD
from course_lib.training import minimize
from course_lib.widgets import outcomes, scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

STEPS, EVERY = 200, 2  # steps taken, and of how many one is drawn
LAST = 20  # steps over which the loss at the end is averaged: each alone is a matter of luck
SPREAD, SEED = 2.0, 0  # of the noise on the slopes, the same for every run
START = 10.0, 1.0
BOWL = ravine(10)
LIMIT = 2 / outcomes.largest_curvature(BOWL)
MENU = {
    "constant": ("Constant", ()),
    "step_decay": ("Step decay", ("drop", "every")),
    "exponential_decay": ("Exponential decay", ("rate",)),
    "cosine_annealing": ("Cosine annealing", ("total", "final")),
    "linear_warmup": ("Linear warm-up", ("warmup", "start_factor")),
    "warmup_cosine": ("Warm-up, then cosine", ("warmup", "total")),
    "polynomial_decay": ("Polynomial decay", ("power", "total")),
    "warm_restarts": ("Warm restarts", ("first", "factor", "final")),
    "one_cycle": ("One cycle", ("total", "pct_start")),
}
RATES = [0.005, 0.01, 0.015, *(k / 100 for k in range(2, 11)), 0.105, 0.11, 0.12]
PARAMETERS = {  # the label, every position, and where the slider stands at first
    "drop": ("Drop factor", [0.1, 0.2, 0.3, 0.5, 0.7, 0.9], 0.5),
    "every": ("Steps between drops", [10, 20, 30, 40, 50, 80], 40),
    "rate": ("Decay rate", [0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1], 0.02),
    "warmup": ("Warm-up steps", [1, 5, 10, 20, 40], 20),
    "start_factor": ("Start factor", [0.01, 0.1, 0.3, 0.5], 0.1),
    "power": ("Power", [0.5, 1, 2, 3, 4], 2),
    "first": ("First cycle, steps", [10, 20, 30, 50, 100], 30),
    "factor": ("Growth of cycles", [1, 2, 3], 2),
    "total": ("Total steps", [50, 80, 100, 150, 200], 200),
    "final": ("Final rate", [0, 0.001, 0.01], 0),
    "pct_start": ("Share of the rise", [0.1, 0.2, 0.3, 0.5], 0.3),
}
WHOLE = ("every", "warmup", "first", "factor", "total")


class ScheduleExplorer(Explorer):
    """The library's schedules, and a descent on ``x² + 10y²`` whose slopes are noisy.

    Far from the minimum a large rate is quick; near it, the noise of every slope moves the
    weights by rate times noise, and only a small rate lets them settle.

    Parameters
    ----------
    **settings
        Where the controls stand at first: ``schedule``, the name of one of the library's;
        ``learning_rate`` (0.005 to 0.12), its first or highest rate; and the parameters by the
        library's names: ``drop``, ``every``, ``rate``, ``total``, ``final``, ``warmup``,
        ``start_factor``, ``power``, ``first``, ``factor`` and ``pct_start``. The two divisors of
        ``one_cycle`` are left at their defaults.

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range, or a number of steps not whole.

    Examples
    --------
    >>> print(ScheduleExplorer(schedule="cosine_annealing", learning_rate=0.09).status)
    Cosine annealing, highest rate 0.09: over the last 20 steps the loss is 0.027 on average. \
With a constant rate it is 0.53.
    """

    schedule = traitlets.Unicode().tag(sync=True)
    learning_rate = traitlets.Float().tag(sync=True)
    drop = traitlets.Float().tag(sync=True)
    every = traitlets.Float().tag(sync=True)
    rate = traitlets.Float().tag(sync=True)
    total = traitlets.Float().tag(sync=True)
    final = traitlets.Float().tag(sync=True)
    warmup = traitlets.Float().tag(sync=True)
    start_factor = traitlets.Float().tag(sync=True)
    power = traitlets.Float().tag(sync=True)
    first = traitlets.Float().tag(sync=True)
    factor = traitlets.Float().tag(sync=True)
    pct_start = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "schedule", *PARAMETERS)  # each table is spanned by a few of them
    codes = {"outcome": Code(("schedule",)), "limit": Code()}

    def __init__(self, **settings):
        for name, (_, parameters) in MENU.items():
            self.codes = self.codes | codes(name, ("learning_rate", *parameters))
        given = {"schedule": "cosine_annealing", "learning_rate": 0.08}
        given |= {name: value for name, (_, _, value) in PARAMETERS.items()}
        super().__init__(None, scene(), given | settings)

    def compute(self, _, learning_rate, schedule, **parameters):
        """The rates of every schedule at all positions of its sliders, and where they lead."""
        curves = {name: rates(name, learning_rate, parameters) for name in MENU}
        runs = np.concatenate([curve.reshape(-1, STEPS) for curve in curves.values()])
        history = minimize(
            noisy,
            np.tile(START, (len(runs), 1)),
            SGD(lambda step: runs[:, step, None]),
            STEPS,
            keep_params=False,
        )
        options = list(MENU)
        arrays = {"outcome": np.array([options.index(name) for name in schedule]), "limit": LIMIT}
        ends = np.cumsum([curve.size // STEPS for curve in curves.values()])
        owners = np.split(np.arange(len(runs)), ends[:-1])
        for (name, curve), own in zip(curves.items(), owners, strict=True):
            shape, at = curve.shape[:-1], history.diverged_at[own]
            mean = [float(f"{loss:.2g}") for loss in history.loss[-LAST:, own].mean(axis=0)]
            arrays |= {
                f"{name}_rate": curve[..., ::EVERY],
                f"{name}_loss": history.loss[::EVERY, own].T.reshape(*shape, -1),
                f"{name}_mean": np.reshape(mean, shape),
                f"{name}_gone": np.reshape(at >= 0, shape),
                f"{name}_steps": at.reshape(shape),
            }
        return arrays

    def texts(self, fixed):
        ending = (
            f"[{{0}}_gone: over the last {LAST} steps the loss is {{{{{{0}}_mean}}}} on average"
            "|diverged at step {{{0}_steps}}]."
        )
        other = " With a constant rate it [constant_gone: is {constant_mean}|diverges]."
        sentences = [
            f"{words}, highest rate {{learning_rate}}: " + ending.format(name) + other
            for name, (words, _) in MENU.items()
        ]
        sentences[0] = "Constant rate {learning_rate}: " + ending.format("constant")
        note = "Stability limit (marked \N{BLACK UP-POINTING TRIANGLE}): {limit}."
        return {"sentences": sentences, "notes": {"learning_rate": note}}


def codes(name, axes):
    """How the tables of one schedule are packed."""
    facts = {f"{name}_{fact}": Code(axes) for fact in ("mean", "gone", "steps")}
    loss = Code(axes, 1e-20, 1e20, log=True)  # coarse steps, which deflate well: 0.15 %
    return facts | {f"{name}_rate": Code(axes, 0, 0.13), f"{name}_loss": loss}


def noisy(params, step):
    """The loss of the ravine, and a slope with the noise of this step."""
    loss, grad = BOWL(params)
    return loss, grad + NOISE[step]


NOISE = SPREAD * np.random.default_rng(SEED).normal(size=(STEPS + 1, 2))


def rates(name, learning_rate, parameters):
    """The rate at every step, for all combinations of a schedule's sliders, one axis for each."""
    make, (_, own) = getattr(schedules, name), MENU[name]
    sides = [np.atleast_1d(learning_rate), *(np.atleast_1d(parameters[one]) for one in own)]
    steps, curves = np.arange(STEPS), []
    for lr, *values in product(*(side.tolist() for side in sides)):
        given = dict(zip(own, values, strict=True))
        given |= {one: int(given[one]) for one in WHOLE if one in given}
        curves.append(make(lr, **given)(steps))
    return np.reshape(curves, [*map(len, sides), STEPS])


def scene():
    """The rate against the step, and the loss against the step."""
    steps = scenes.axis("step", 0, 1.03 * STEPS)
    even = list(range(0, STEPS + 1, EVERY))
    rate = scenes.axis("learning rate", 0, 0.13)
    limit = {"kind": "line", "x": [0, STEPS], "y": [LIMIT, LIMIT], "color": "limit", "dash": True}
    name = {"kind": "words", "x": [0.75 * STEPS], "y": [1.06 * LIMIT], "color": "limit"}
    line = {"kind": "line", "x": even, "width": 2.2, "color": "path"}
    plain = line | {"y": "constant_loss", "width": 1.4, "color": "other", "dash": True}
    return {
        "title": "Schedules, and a descent on x² + 10y² with noisy slopes",
        "description": "Left: the learning rate against the step; dashed: the stability limit. "
        "Right: the loss against the step; dashed: with a constant rate.",
        "controls": [
            scenes.choice("schedule", "Schedule", {key: words for key, (words, _) in MENU.items()}),
            scenes.slider("learning_rate", "Learning rate", RATES, marks="limit"),
            *(
                scenes.slider(key, label, values, without=without(key, label), whole=key in WHOLE)
                for key, (label, values, _) in PARAMETERS.items()
            ),
        ],
        "panels": [
            scenes.panel(
                "The rate, step by step",
                steps,
                rate,
                [
                    limit,
                    name | {"labels": ["stability limit"]},
                    line | {"x": even[:-1], "y": "{schedule}_rate"},
                ],
            ),
            scenes.panel(
                "The loss; dashed: at a constant rate",
                steps,
                scenes.log_axis("loss", -4, 3, every=1),
                [plain, line | {"y": "{schedule}_loss"}],
            ),
        ],
    }


def without(parameter, label):
    """The schedules that have no such parameter: its slider is put away."""
    those = [name for name, (_, own) in MENU.items() if parameter not in own]
    sentence = f"This schedule has no {label.lower()} to set."
    return {"setting": "schedule", "value": those, "sentence": sentence, "hidden": True}
