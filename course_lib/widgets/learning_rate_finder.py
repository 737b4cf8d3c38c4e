"""The learning-rate finder: what a sweep points to, and what training with each rate gives."""

import math

import numpy as np
import traitlets

from course_lib import checks
from course_lib.layers import Sigmoid, Softmax
from course_lib.losses import by_name, is_known
from course_lib.lr_finder import find_learning_rate
from course_lib.networks import Network, aim_problem, fit_problem, unmodified
from course_lib.optimizers import SGD
from course_lib.training import minimize
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code
from course_lib.widgets.words import number

STEPS = 100  # of the sweep, and of each training
BATCH = 32  # samples per step, or all where there are fewer
LAST = 10  # losses that are averaged at either end: one batch alone is a matter of luck
SWEEP = 1e-4, 100.0
RATES = [
    *(0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07),
    *(0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0),
    *(5.0, 7.0, 10.0),
]
SENTENCES = (
    f"hardly moved: the loss went from {{before}} to {{after}} in {STEPS} steps.",
    f"the loss fell from {{before}} to {{after}} in {STEPS} steps.",
    f"rough: the loss jumped from {{before}} to {{peak}}, and came down to {{after}} in {STEPS} "
    "steps.",
    "too large: the loss jumped from {before} to {peak}, and ends no lower than it began.",
    "diverged at step {gone}.",
)
MARK = "Marked \N{BLACK UP-POINTING TRIANGLE}"
NAMES = "steepest fall", "blow-up / 10"
HARDLY, FELL, ROUGH, LOST, DIVERGED = range(5)


class LearningRateFinder(Explorer):
    """A sweep over learning rates, and a short training at the rate of the slider.

    Both are plain gradient descent with batches of 32, from the same start.

    Parameters
    ----------
    net : Network
    data : pair of arrays
        ``(X, Y)``.
    loss : str, optional
        A loss of the library. Without it, what the last layer asks for: ``cross_entropy`` after
        a softmax, ``binary_cross_entropy`` after a sigmoid, else ``mse``.
    seed : int
        Of the parameters at the start, and of the batches.
    **settings
        Where the slider stands at first: ``learning_rate`` (0.001 to 10).

    Raises
    ------
    ValueError, TypeError
        If network, data and loss do not fit together, or a setting is out of its range.

    Examples
    --------
    >>> from course_lib import learnable_labels, mlp
    >>> net = mlp([4, 16, 8, 3], ["relu", "relu", "softmax"])
    >>> LearningRateFinder(net, learnable_labels(), learning_rate=0.1).status
    'Learning rate 0.1: the loss fell from 1.7 to 0.5 in 100 steps.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    axes = ("learning_rate",)
    given, run_all = "", None

    def __init__(self, net, data, loss=None, seed=0, **settings):
        if problem := _problem(net, data, loss, seed):
            raise problem
        X, Y = (np.array(part, float) for part in data)
        name = repr(loss) if isinstance(loss, str) else getattr(loss, "__name__", "loss")
        self.given = "" if loss is None else f"loss={name}, "
        self.given += f"seed={seed}, " if seed else ""
        loss = loss or loss_of(net)
        start, batch = net.init_params(seed), min(BATCH, len(X))
        found = find_learning_rate(
            net, start, (X, Y), loss, SGD, *SWEEP, n_steps=STEPS, batch_size=batch, seed=seed
        )
        drawn = loss_axis(found)
        losses = scenes.loss_code(self.axes, drawn)
        facts = ("before", "after", "peak", "gone", "outcome")
        self.codes = {"curve": losses, "end": losses, "found": Code()}
        self.codes |= {name: Code(self.axes) for name in facts}
        objective = net.objective(X, Y, loss, batch_size=batch, seed=seed)
        known = unmodified(net) and is_known(by_name(loss))
        self.run_all = together if known else one_by_one
        given = {"learning_rate": min(RATES, key=lambda lr: abs(math.log(lr / 0.1)))}
        super().__init__((objective, start, found), scene(found, drawn), given | settings)

    def compute(self, subject, learning_rate):
        """A short training with each rate: its losses, and how it went."""
        objective, start, found = subject
        losses, gone = self.run_all(objective, start, learning_rate)
        before, after, peak = losses[:, 0], losses[:, -LAST:].mean(axis=1), losses.max(axis=1)
        jumped, lower = peak > 1.5 * before, after < 0.9 * before
        cases = [gone >= 0, jumped & lower, lower, jumped | (after > 1.2 * before)]
        return {
            "curve": losses,
            "end": after,
            "before": rounded(before),
            "after": rounded(after),
            "peak": rounded(peak),
            "gone": gone,
            "outcome": np.select(cases, [DIVERGED, ROUGH, FELL, LOST], HARDLY),
            "found": suggestions(found),
        }

    def texts(self, fixed):
        fall, tenth = suggestions(self.subject[-1])
        note = f"{MARK}: the sweep falls fastest at {number(fall)}"
        if math.isnan(fall):
            note = "The loss of the sweep never falls"
        if not math.isnan(tenth):
            note += f"; a tenth of where it blew up is {number(tenth)}"
        sentences = [f"Learning rate {{learning_rate}}: {sentence}" for sentence in SENTENCES]
        return {"sentences": sentences, "notes": {"learning_rate": f"{note}."}}

    def _call(self):
        return "LearningRateFinder(net, data, " + self.given


def together(objective, start, rates):
    """The losses of a run with each rate, and the step at which it diverged, or -1."""
    starts, optimizer = np.tile(start, (len(rates), 1)), SGD(rates[:, None])
    history = minimize(objective, starts, optimizer, STEPS, keep_params=False)
    return history.loss.T, history.diverged_at


def one_by_one(objective, start, rates):
    """The same where a network, layer or loss of one's own may not take many runs at once."""
    losses, gone = np.full((len(rates), STEPS + 1), np.nan), np.full(len(rates), -1)
    for i, rate in enumerate(rates):
        history = minimize(objective, start, SGD(rate), STEPS, keep_params=False)
        losses[i, : len(history.loss)] = history.loss
        if history.diverged:
            gone[i] = history.diverged_at
    return losses, gone


def suggestions(found):
    """Where the sweep falls fastest, and a tenth of where it blew up, in two digits."""
    tenth = None if found.blow_up is None else found.blow_up / 10
    return rounded([np.nan if rate is None else rate for rate in (found.suggestion, tenth)])


def rounded(values):
    """Numbers for a sentence, in two digits: more would be chance."""
    return np.array([float(f"{value:.2g}") for value in values])


def loss_of(net):
    """The name of the loss that goes with a network's last layer."""
    names = {Softmax: "cross_entropy", Sigmoid: "binary_cross_entropy"}
    return names.get(type(net.layers[-1]), "mse")


def loss_axis(found):
    """A logarithmic axis around the loss at the start."""
    first = math.log10(max(found.losses[0], 1e-9))
    return scenes.log_axis("loss", first - 1.9, first + 0.8, every=1)


def scene(found, loss):
    """The sweep with what it suggests, and the loss curve of a short training."""
    rates = scenes.log_axis("learning rate", *np.log10(SWEEP))
    line = {"kind": "line", "x": short(found.lrs)}
    sweep = [
        line | {"y": short(found.losses), "color": "curve", "width": 1},
        line | {"y": short(found.smoothed), "color": "text", "width": 2.2},
        *hints(found, loss),
        {"kind": "cloud", "table": "end", "color": "path", "size": 5, "alpha": 0.8},
        {"kind": "marks", "x": "learning_rate", "y": "end", "shape": "ring", "color": "path"},
    ]
    steps = scenes.axis("step", 0, 1.03 * STEPS)
    fall = {"kind": "line", "x": list(range(STEPS + 1)), "y": "curve", "color": "path"}
    end = {"kind": "marks", "x": [STEPS - LAST / 2], "y": "end", "shape": "ring", "color": "path"}
    return {
        "title": "The learning-rate finder, and whether it is right",
        "description": "Left: the loss of a sweep whose rate grows at every step, as it is and "
        f"smoothed; a square for every rate shows the loss after {STEPS} steps at that rate. "
        "Right: the loss curve of the training with the chosen rate.",
        "controls": [scenes.slider("learning_rate", "Learning rate", RATES, marks="found")],
        "panels": [
            scenes.panel(f"The sweep; squares: the loss after {STEPS} steps", rates, loss, sweep),
            scenes.panel("A training at the chosen rate", steps, loss, [fall, end]),
        ],
    }


def hints(found, loss):
    """Dashed lines at the rates that the sweep suggests, named in the empty corner above it."""
    layers = []
    for words, place, height in zip(NAMES, suggestions(found), (0.85, 0.4), strict=True):
        if not math.isnan(place):
            mark = scenes.marks([[place, height * loss["high"]]], "triangle", "limit")
            rule = {"kind": "rule", "x": [float(place)], "color": "limit"}
            layers += [rule, mark | {"labels": [words], "sides": ["below left"]}]
    return layers


def short(values):
    """Numbers for the eye, in few characters; what has blown up ends high above the axis."""
    return [float(f"{value:.5g}") for value in np.nan_to_num(values, nan=1e12, posinf=1e12)]


def _problem(net, data, loss, seed):
    """The exception to raise where there is nothing to sweep, or None."""
    if not isinstance(net, Network):
        return checks.wrong(TypeError, "net", "a network, such as mlp([2, 4, 1], ...)", net)
    loss = loss_of(net) if loss is None else loss
    return (
        checks.pair("data", data, "(X, Y)")
        or checks.count("seed", seed, least=0)
        or fit_problem(net, net.init_params(0), *data, loss)
        or aim_problem(net, loss)
    )
