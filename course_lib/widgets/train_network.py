"""A network that learns to tell points of the plane apart, at every learning rate and momentum."""

import math

import numpy as np
import traitlets

from course_lib import checks
from course_lib.datasets import spiral, two_clouds, xor
from course_lib.layers import ACTIVATIONS, Sigmoid, Softmax
from course_lib.networks import Network, fit_problem, mlp, unmodified
from course_lib.optimizers import SGD
from course_lib.training import minimize
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

RATES = [
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    *(0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0, 50.0, 100.0),
]
MOMENTA = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]
# Much happens in the first epochs. The plane holds SNAPSHOTS of every pair, one run all EPOCHS.
EPOCHS = [
    *(0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 120, 140, 160, 180),
    *(200, 225, 250, 275, 300, 325, 350, 375, *range(400, 1001, 50)),
]
SNAPSHOTS = [0, 30, 100, 300, 1000]
CELLS = 24  # of the map, along each side
CLASSES = [("disc", "path"), ("square", "limit"), ("triangle", "minimum"), ("diamond", "other")]
WORDS = ["blue circles", "orange squares", "green triangles", "purple diamonds"]
KNOWN = {"xor()": xor, "two_clouds()": two_clouds, "spiral()": spiral}
GOING, SOLVED, DIVERGED = range(3)


class TrainNetwork(Explorer):
    """A network with two inputs, full-batch descent, and what it answers everywhere.

    Parameters
    ----------
    data : pair of arrays
        ``(X, Y)`` with two columns in ``X``, such as ``xor()``, ``two_clouds()``, ``spiral()``.
    net : Network
        That ends in a sigmoid with one output, or in a softmax with two to four.
    seed : int
        Of the parameters at the start.
    params : array of shape (n_params,), optional
        Other parameters to start from.
    **settings
        Where the sliders stand at first: ``learning_rate`` (0.001 to 100), ``momentum`` (0 to
        0.99) and ``epoch`` (0 to 1000).

    Raises
    ------
    ValueError, TypeError
        If network and data do not fit together or this picture, or a setting is out of its range.

    Examples
    --------
    >>> from course_lib import mlp, xor
    >>> net = mlp([2, 4, 1], ["tanh", "sigmoid"])
    >>> TrainNetwork(xor(), net, learning_rate=1, epoch=0).status
    'Learning rate 1, momentum 0, epoch 0: loss 0.7077, 2 of 4 points right.'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    momentum = traitlets.Float().tag(sync=True)
    epoch = traitlets.Float().tag(sync=True)
    axes = ("learning_rate", "momentum", "epoch")
    pieces, coarse = "learning_rate", {"epoch": SNAPSHOTS}
    paged = {"epoch": [0, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]}
    codes = {
        "cells": Code(axes, 0, 1, bits=8),
        "loss": Code(axes),
        "right": Code(axes),
        "drawn": Code(axes),
        "outcome": Code(axes),
        "gone": Code(("learning_rate", "momentum")),
    }
    where = ""

    def __init__(self, data, net, seed=0, params=None, **settings):
        if problem := _problem(data, net, seed, params):
            raise problem
        X, Y = (np.array(part, float) for part in data)
        start = net.init_params(seed) if params is None else np.array(params, float)
        begin = f"seed={seed}" if params is None else "params=params"
        self.where = f"{_name(X, Y)}, {_formula(net)}, {begin}, "
        drawn = scene(net, X, Y)
        curve = scenes.loss_code(("learning_rate", "momentum"), drawn["panels"][1]["y"])
        self.codes = self.codes | {"curve": curve}
        given = {"learning_rate": 0.5, "momentum": 0.0, "epoch": 1000}
        super().__init__((net, X, Y, start), drawn, given | settings)

    def compute(self, subject, learning_rate, momentum, epoch):
        """Train with every pair, and look at the network at every epoch."""
        pairs = [(lr, beta) for lr in learning_rate for beta in momentum]
        runs = [follow(*subject, lr, beta, epoch.astype(int)) for lr, beta in pairs]
        shape = len(learning_rate), len(momentum)
        return {
            name: np.reshape([run[name] for run in runs], shape + np.shape(runs[0][name]))
            for name in runs[0]
        }

    def texts(self, fixed):
        n = len(self.subject[1])
        opening = "Learning rate {learning_rate}, momentum {momentum}"
        return {
            "sentences": [
                f"{opening}, epoch {{epoch}}: loss {{loss}}, {{right}} of {n} points right.",
                f"{opening}, epoch {{epoch}}: loss {{loss}}, all {n} points right.",
                f"{opening}: diverged at epoch {{gone}}. Drawn is epoch {{drawn}}: {{right}} "
                f"of {n} points right.",
            ],
            "notes": {},
        }

    def _call(self):
        return f"TrainNetwork({self.where}"


def follow(net, X, Y, params, lr, beta, epochs):
    """One run, and what is to be seen of it at each of the epochs."""
    kept = sorted({*EPOCHS, *epochs.tolist()})
    objective = net.objective(X, Y, loss_of(net))
    run = minimize(objective, params, SGD(lr, momentum=beta), EPOCHS[-1], keep_params=kept)
    gone = run.diverged_at if run.diverged else math.inf
    before = run.steps < gone
    drawn = np.searchsorted(run.steps[before], epochs, side="right") - 1
    networks = run.params[before][drawn]
    right = (answers(predictions(net, networks, X)) == answers(Y)).sum(axis=-1)
    # A run that has diverged leaves its panel through the top.
    losses = np.append(run.loss, np.full(EPOCHS[-1] + 1 - len(run.loss), np.inf))
    after = np.cumsum(np.array(EPOCHS) >= gone)
    return {
        "cells": shades(predictions(net, networks, grid(X))),
        "loss": losses[epochs],
        "right": right,
        "drawn": run.steps[before][drawn],
        "outcome": np.select([epochs >= gone, right == len(X)], [DIVERGED, SOLVED], GOING),
        "gone": gone,
        "curve": np.select([after == 0, after == 1], [losses[EPOCHS], np.inf], np.nan),
    }


def predictions(net, networks, X):
    """What each network answers; with something of a learner's own in it, asked one by one."""
    if unmodified(net):
        return net.predict(networks, X)
    return np.stack([net.predict(params, X) for params in networks])


def loss_of(net):
    """The loss that belongs to the network's last layer."""
    return "binary_cross_entropy" if net.sizes[-1] == 1 else "cross_entropy"


def answers(out):
    """Which class each row stands for."""
    return (out[..., 0] > 0.5).astype(int) if out.shape[-1] == 1 else out.argmax(axis=-1)


def shades(out):
    """The class and how sure it is, as one number from 0 to 1; see the colours in ``scene``.

    Of two classes the probability. Of more, class ``k`` of ``n`` has the numbers from
    ``2 k / (2 n - 1)``, where it is only just the likeliest, to ``(2 k + 1) / (2 n - 1)``.
    """
    n = out.shape[-1]
    if n == 1:
        return out[..., 0]
    sure = (out.max(axis=-1) - 1 / n) / (1 - 1 / n)
    return (2 * out.argmax(axis=-1) + np.clip(sure, 0, 1)) / (2 * n - 1)


def sides(X):
    """The centres of the map's cells along each side, and its two ends."""
    reach = [scenes.widened((side.min(), side.max()), 0.15) for side in X.T]
    edges = [np.linspace(low, high, CELLS + 1) for low, high in reach]
    return [(edge[1:] + edge[:-1]) / 2 for edge in edges], reach


def grid(X):
    """The middle of each cell, row by row, of shape (CELLS², 2)."""
    (x, y), _ = sides(X)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def scene(net, X, Y):
    """The map of answers with the data on it, and the loss curve."""
    n = max(2, net.sizes[-1])
    (x, y), reach = sides(X)
    first, second = (f"input x{i}" for i in "₁₂")
    colors = [name for _, color in CLASSES[:n] for name in ("paper", color)]
    if net.sizes[-1] == 1:
        colors = ["path", "paper", "limit"]
    cells = {"kind": "mesh", "x": x.round(4).tolist(), "y": y.round(4).tolist()}
    cells |= {"values": "cells", "colors": colors, "alpha": 0.55}
    size = 1.0 if len(X) <= 20 else 0.6
    points = [
        scenes.marks(X[answers(Y) == k], shape, color, size=size, front=True)
        for k, (shape, color) in enumerate(CLASSES[:n])
    ]
    chance = math.log(n)
    level = {"kind": "line", "x": [0, EPOCHS[-1]], "y": [chance, chance], "color": "axis"}
    name = {"kind": "words", "x": [0.72 * EPOCHS[-1]], "y": [1.07 * chance], "color": "text"}
    sizes = "-".join(map(str, net.sizes))
    shapes = " and ".join([", ".join(WORDS[: n - 1]), WORDS[n - 1]])
    return {
        "title": f"Training a {sizes} network on {len(X)} points",
        "description": f"Left: what the network answers everywhere, the deeper the colour the "
        f"surer it is, and the points it learns from: {shapes}. Right: the loss against the epoch; "
        "the dashed line is the loss of a network that finds every class equally likely.",
        "pieces": "learning_rate",
        "controls": [
            scenes.slider("learning_rate", "Learning rate", RATES),
            scenes.slider("momentum", "Momentum", MOMENTA),
            scenes.slider("epoch", "Epoch", EPOCHS, plays=10, whole=True),
        ],
        "panels": [
            scenes.panel(
                "What it answers; the deeper, the surer",
                scenes.axis(first, *reach[0]),
                scenes.axis(second, *reach[1]),
                [cells, *points],
            ),
            scenes.panel(
                "The loss, and the epoch shown",
                scenes.axis("epoch", -0.02 * EPOCHS[-1], 1.04 * EPOCHS[-1]),
                scenes.axis("loss", -0.05 * chance, 2 * chance),
                [
                    level | {"dash": True, "width": 1.2},
                    name | {"labels": [f"knows nothing: ln {n}"]},
                    {"kind": "line", "x": EPOCHS, "y": "curve", "color": "path", "width": 2},
                    {"kind": "rule", "x": "epoch", "color": "limit", "dash": False},
                    scenes.marks([[0, 0]], "ring", "path") | {"x": "epoch", "y": "loss"},
                ],
            ),
        ],
    }


def _problem(data, net, seed, params):
    """What is wrong with the arguments of an explorer, or None."""
    wanted = "a Network with two inputs that ends in a sigmoid with one output, or in a softmax"
    if not isinstance(net, Network):
        return checks.wrong(TypeError, "net", wanted, net)
    ends = {Sigmoid: (1,), Softmax: range(2, len(CLASSES) + 1)}
    if net.sizes[0] != 2 or net.sizes[-1] not in ends.get(type(net.layers[-1]), ()):
        return checks.wrong(ValueError, "net", f"{wanted} with two to four", net)
    if problem := checks.pair("data", data, "(X, Y)") or checks.seed("seed", seed):
        return problem
    start = net.init_params(seed) if params is None else params
    return fit_problem(net, start, *data, loss_of(net))


def _name(X, Y):
    """The call that makes these data, if it is known here."""
    for name, make in KNOWN.items():
        if all(map(np.array_equal, make(), (X, Y))):
            return name
    return "data"


def _formula(net):
    """The call of ``mlp`` that makes this network, or else of ``Network``."""
    names = {kind: name for name, kind in ACTIVATIONS.items()}
    after = [names[type(layer)] for layer in net.layers if type(layer) in names]
    short = len(after) == len(net.sizes) - 1 and repr(mlp(net.sizes, after)) == repr(net)
    return f"mlp({list(net.sizes)}, {after})" if short else repr(net)
