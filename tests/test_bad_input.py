"""Bad arguments: a clear message, from the function that was called, and nothing half-done."""

import re
import traceback
from pathlib import Path

import numpy as np
import pytest

import course_lib as c
from course_lib import plots

LIBRARY = str(Path(c.__file__).parent)
NET = c.mlp([2, 4, 1], ["tanh", "sigmoid"])
CLASSIFIER = c.mlp([2, 3], ["softmax"])
PARAMS = NET.init_params(0)
X, Y = c.xor()
GD = c.SGD(0.1)
OUT = np.full((4, 1), 0.5)
AX = plots.figure()[1]


def down(**changes):
    """A correct call of minimize, but for ``changes``."""
    arguments = {"objective": c.x_squared, "params": [5.0], "optimizer": GD, "n_steps": 3}
    return lambda: c.minimize(**arguments | changes)


def graded(**changes):
    arguments = {"params": PARAMS, "X": X, "Y": Y, "loss": "mse"}
    return lambda: NET.loss_and_grad(**arguments | changes)


def checked(**changes):
    arguments = {"net": NET, "params": PARAMS, "X": X, "Y": Y, "loss": "mse"}
    return lambda: c.check_network(**arguments | changes)


def trained(**changes):
    arguments = {"net": NET, "params": PARAMS, "data": (X, Y), "loss": "binary_cross_entropy"}
    return lambda: c.train(**arguments | {"optimizer": GD, "epochs": 2} | changes)


def swept(**changes):
    arguments = {"net": NET, "params": PARAMS, "data": (X, Y), "loss": "mse", "batch_size": 4}
    return lambda: c.find_learning_rate(**arguments | changes)


class Wrong(c.Network):
    """A network whose answers have the wrong shape."""

    def loss_and_grad(self, params, X, Y, loss):
        return 0.0, params[1:]


class Halves:
    """An optimizer that tells its learning rate."""

    def __init__(self, schedule):
        self.schedule = schedule

    def init(self, params):
        return None

    def step(self, params, grad, state):
        return params / 2, state


class NoPair:
    """An optimizer that forgets to return its state."""

    def init(self, params):
        return None

    def step(self, params, grad, state):
        return params - 0.1 * grad


class Narrow(c.Network):
    def predict(self, params, X):
        return super().predict(params, X)[:2]


# what is wrong: (the call, the function that says so, words of the message)
BAD = {
    "lr zero": (lambda: c.SGD(0), "SGD", "lr.*> 0.*got 0"),
    "lr negative": (lambda: c.SGD(-0.1), "SGD", "lr.*> 0.*got -0.1"),
    "lr nan": (lambda: c.SGD(np.nan), "SGD", "lr.*finite.*got nan"),
    "lr infinite": (lambda: c.SGD(np.inf), "SGD", "lr.*finite.*got inf"),
    "lr text": (lambda: c.SGD("fast"), "SGD", "lr.*numbers.*'fast'"),
    "lr missing": (lambda: c.SGD(None), "SGD", "lr.*numbers.*None"),
    "one lr of many wrong": (lambda: c.SGD(np.array([[0.1], [-1]])), "SGD", r"lr.*\(2, 1\)"),
    "rates in a row": (lambda: c.SGD([0.1, 0.2]), "SGD", r"lr.*\(n_runs, 1\).*\(2,\)"),
    "momenta in a row": (lambda: c.SGD(0.1, [0.1, 0.2]), "SGD", r"momentum.*\(n_runs, 1\).*\(2,\)"),
    "momentum one": (lambda: c.SGD(0.1, 1.0), "SGD", "momentum.*< 1.*got 1.0"),
    "momentum negative": (lambda: c.SGD(0.1, -0.5), "SGD", "momentum.*0 <=.*got -0.5"),
    "momentum text": (lambda: c.SGD(0.1, "high"), "SGD", "momentum.*'high'"),
    "nesterov a number": (lambda: c.SGD(0.1, 0.9, 1), "SGD", "nesterov.*True or False.*got 1"),
    "ema text": (lambda: c.SGD(0.1, 0.9, ema="yes"), "SGD", "ema.*True or False.*'yes'"),
    "both forms": (lambda: c.SGD(0.1, 0.9, True, True), "SGD", "nesterov and ema.*both"),
    "rates for no run": (lambda: c.SGD(np.zeros((0, 1))), "SGD", r"lr.*\(n_runs, 1\).*\(0, 1\)"),
    "a maker of schedules": (lambda: c.SGD(c.constant), "SGD", "lr.*schedule step -> lr.*constant"),
    "a maker of schedules for Adam": (
        lambda: c.Adam(lr=c.cosine_annealing),
        "__init__",
        "lr.*schedule.*cosine_annealing",
    ),
    "an optimizer as a rate": (lambda: c.RMSprop(c.SGD), "__init__", "lr.*schedule.*SGD"),
    "state of no params": (lambda: GD.init(None), "init", "params.*numbers.*None"),
    "state of text": (lambda: c.Adam().init("here"), "init", "params.*numbers.*'here'"),
    "rate of a step before the first": (
        lambda: c.step_decay(0.1)(-1),
        "__call__",
        "step.*>= 0.*got -1",
    ),
    "a cycle of many ends": (
        lambda: c.one_cycle(0.1, 20, div_factor=[[1.0], [2.0]]),
        "one_cycle",
        "div_factor.*one number",
    ),
    "rate of no step": (lambda: c.constant(0.1)(None), "__call__", "step.*numbers.*None"),
    "rate of the last of all steps": (
        lambda: c.warm_restarts(0.1, 10)(np.inf),
        "__call__",
        "step.*finite.*inf",
    ),
    "rate of an epoch in words": (
        lambda: c.per_epoch(c.constant(0.1), 5)("two"),
        "__call__",
        "step.*numbers.*'two'",
    ),
    "schedule of nothing": (lambda: c.constant(0.0), "constant", "lr.*> 0"),
    "schedule of text": (lambda: c.constant("0.1"), "constant", "lr.*numbers"),
    "objective no function": (down(objective=3), "minimize", "objective.*function.*got 3"),
    "objective returns no pair": (down(objective=lambda w: w), "minimize", "pair.*loss, grad"),
    "objective returns text": (down(objective=lambda w: ("a", w)), "minimize", "loss.*'a'"),
    "gradient misshapen": (
        down(objective=lambda w: (w, [1.0, 2.0])),
        "minimize",
        r"gradient.*\(1,\).*\(2,\)",
    ),
    "loss misshapen": (down(objective=lambda w: ([1, 2], w)), "minimize", r"one loss.*\(2,\)"),
    "params a number": (down(params=5.0), "minimize", r"params.*\(1,\).*got 5.0"),
    "params text": (down(params="here"), "minimize", "params.*numbers.*'here'"),
    "params empty": (down(objective=lambda w: (0, w), params=[]), "minimize", r"params.*\(0,\)"),
    "params nan": (down(params=[np.nan]), "minimize", "params.*finite"),
    "params too long": (down(params=[1.0, 2.0]), "minimize", r"params.*\(1,\).*\(2,\)"),
    "params ragged": (down(params=[[1.0], [1.0, 2.0]]), "minimize", "params.*equal length"),
    "params 3-D": (down(params=np.zeros((2, 2, 1))), "minimize", r"params.*\(2, 2, 1\)"),
    "optimizer a class": (down(optimizer=c.SGD), "minimize", r"optimizer.*SGD\(...\)"),
    "optimizer a number": (down(optimizer=0.1), "minimize", "optimizer.*init, step.*0.1"),
    "runs of lr but one of params": (
        down(optimizer=c.SGD(np.full((3, 1), 0.1))),
        "minimize",
        "optimizer.step.*stacked",
    ),
    "n_steps zero": (down(n_steps=0), "minimize", "n_steps.*>= 1.*got 0"),
    "n_steps broken": (down(n_steps=2.5), "minimize", "n_steps.*whole.*2.5"),
    "n_steps true": (down(n_steps=True), "minimize", "n_steps.*whole.*True"),
    "progress a number": (down(progress=1), "minimize", "progress.*True or False.*got 1"),
    "keep_params too late": (down(keep_params=[4]), "minimize", "keep_params.*0 to 3"),
    "keep_params text": (down(keep_params="all"), "minimize", "keep_params.*numbers.*'all'"),
    "place of another world": (lambda: c.ellipse([1.0]), "__call__", r"2 coordinates.*\(1,\)"),
    "place a number": (lambda: c.x_squared(3.0), "__call__", "1 coordinate .*got 3.0"),
    "place text": (lambda: c.x_squared("top"), "__call__", "params.*numbers.*'top'"),
    "hessian elsewhere": (lambda: c.ellipse.hessian([1.0]), "hessian", "2 coordinates"),
    "ravine flat": (lambda: c.ravine(0), "ravine", "k.*> 0.*got 0"),
    "ravine of many": (lambda: c.ravine([1, 2]), "ravine", "k: expected one number, got"),
    "bowl of many": (lambda: c.bumpy_bowl([0.1, 0.2]), "bumpy_bowl", r"amplitude.*one number.*2"),
    "bowl upside down": (lambda: c.bumpy_bowl(-0.1), "bumpy_bowl", "amplitude.*0 <=.*got -0.1"),
    "bowl of nan": (lambda: c.bumpy_bowl(np.nan), "bumpy_bowl", "amplitude.*<= 10.*got nan"),
    "clouds of no seed": (lambda: c.two_clouds("any"), "two_clouds", "seed.*whole.*'any'"),
    "clouds of a seed too large": (
        lambda: c.two_clouds(2**32),
        "two_clouds",
        "seed.*<= 4294967295",
    ),
    "spiral of one": (lambda: c.spiral(1), "spiral", "n_per_class.*>= 2.*got 1"),
    "spiral that goes nowhere": (lambda: c.spiral(turns=0), "spiral", "turns.*0 <.*got 0"),
    "spiral of infinite noise": (lambda: c.spiral(noise=np.inf), "spiral", "noise.*got inf"),
    "labels of a broken seed": (lambda: c.random_labels(0.5), "random_labels", "seed.*whole.*0.5"),
    "labels of nobody": (
        lambda: c.learnable_labels(0, 0),
        "learnable_labels",
        "n_samples.*>= 1.*got 0",
    ),
    "one size": (lambda: c.mlp([2], []), "mlp", r"sizes.*two or more.*\[2\]"),
    "sizes a number": (lambda: c.mlp(3, ["relu"]), "mlp", "sizes.*two or more.*got 3"),
    "size zero": (lambda: c.mlp([2, 0], ["relu"]), "mlp", r"sizes\[1\].*>= 1.*got 0"),
    "size broken": (lambda: c.mlp([2, 1.5], ["relu"]), "mlp", r"sizes\[1\].*whole.*1.5"),
    "too few activations": (lambda: c.mlp([2, 3, 1], ["relu"]), "mlp", "activations.*2 names"),
    "activation unknown": (lambda: c.mlp([2, 1], ["rel"]), "mlp", "one of.*relu.*'rel'"),
    "sizes in an array of no axis": (
        lambda: c.mlp(np.array("a"), ["relu"]),
        "mlp",
        "sizes.*two or more.*'a'",
    ),
    "activations in an array of no axis": (
        lambda: c.mlp([2, 1], np.array(1.0)),
        "mlp",
        "activations.*list of 1 names.*1.0",
    ),
    "activations one word": (lambda: c.mlp([2, 1], "relu"), "mlp", "list of 1 names"),
    "no layer": (lambda: c.Network(), "__init__", "Dense layer first"),
    "activation first": (lambda: c.Network(c.Tanh()), "__init__", "Dense layer first.*Tanh"),
    "layers that do not meet": (
        lambda: c.Network(c.Dense(2, 3), c.Dense(4, 1)),
        "__init__",
        r"layer 1.*3 inputs.*Dense\(4, 1\)",
    ),
    "layer no layer": (lambda: c.Network(c.Dense(2, 1), "tanh"), "__init__", "layer 1.*'tanh'"),
    "dense of nothing": (lambda: c.Dense(0, 1), "__init__", "n_in.*>= 1"),
    "params of another net": (graded(params=[1.0, 2.0]), "loss_and_grad", r"params.*17.*\(2,\)"),
    "X a vector": (graded(X=[1.0, 2.0]), "loss_and_grad", r"X.*2-D.*\(2,\)"),
    "X too wide": (graded(X=np.ones((4, 3))), "loss_and_grad", r"X.*\(n_samples, 2\).*\(4, 3\)"),
    "X nan": (graded(X=X * np.nan), "loss_and_grad", "X.*finite"),
    "Y a vector": (graded(Y=Y[:, 0]), "loss_and_grad", r"Y.*2-D.*\(4,\)"),
    "Y too short": (graded(Y=Y[:3]), "loss_and_grad", r"Y.*\(4, 1\).*\(3, 1\)"),
    "Y infinite": (graded(Y=Y + np.inf), "loss_and_grad", "Y.*finite"),
    "loss unknown": (graded(loss="rmse"), "loss_and_grad", "loss.*one of.*mse.*'rmse'"),
    "loss a number": (graded(loss=2), "loss_and_grad", "loss.*name.*got 2"),
    "labels beyond 1": (
        graded(Y=2 * Y, loss="binary_cross_entropy"),
        "loss_and_grad",
        "Y.*between 0 and 1.*2.0",
    ),
    "logits after a sigmoid": (
        graded(loss="binary_cross_entropy_with_logits"),
        "loss_and_grad",
        "loss.*probabilities.*Sigmoid",
    ),
    "rows that do not sum to 1": (
        lambda: CLASSIFIER.loss_and_grad(np.zeros(9), X, np.ones((4, 3)), "cross_entropy"),
        "loss_and_grad",
        r"Y.*sum to 1.*\[1.0, 1.0, 1.0\]",
    ),
    "predict from too narrow X": (lambda: NET.predict(PARAMS, X[:, :1]), "predict", "X.*2"),
    "predict from nothing": (lambda: NET.predict(PARAMS, None), "predict", "X.*numbers.*None"),
    "forward of nothing": (lambda: NET.forward(PARAMS, None), "forward", "X.*numbers.*None"),
    "loss of nothing": (graded(X=None), "loss_and_grad", "X.*numbers.*None"),
    "forward with no params": (lambda: NET.forward([], X), "forward", "params.*17"),
    "backward without caches": (lambda: NET.backward(PARAMS, [], OUT), "backward", "caches.*4"),
    "backward misshapen": (
        lambda: NET.backward(PARAMS, NET.forward(PARAMS, X)[1], OUT[:2]),
        "backward",
        r"dout.*\(4, 1\).*\(2, 1\)",
    ),
    "trace of a stack": (
        lambda: NET.trace(np.zeros((2, 17)), X, Y, "mse"),
        "trace",
        r"params.*one network.*\(2, 17\)",
    ),
    "trace of unknown loss": (lambda: NET.trace(PARAMS, X, Y, "l2"), "trace", "loss.*one of.*'l2'"),
    "batch of none": (lambda: NET.objective(X, Y, "mse", 0), "objective", "batch_size.*>= 1"),
    "batch beyond the data": (lambda: NET.objective(X, Y, "mse", 5), "objective", "<= 4.*got 5"),
    "seed broken": (lambda: NET.objective(X, Y, "mse", 2, 0.5), "objective", "seed.*whole"),
    "init seed": (lambda: NET.init_params("now"), "init_params", "seed.*Generator.*'now'"),
    "scheme unknown": (lambda: NET.init_params(0, "best"), "init_params", "scheme.*he.*'best'"),
    "scale missing": (lambda: NET.init_params(0, "normal"), "init_params", "scale.*None"),
    "scale too many": (lambda: NET.init_params(0, "he", 1.0), "init_params", "scale.*None.*1.0"),
    "dtype whole": (lambda: NET.init_params(0, dtype=int), "init_params", "dtype.*float32"),
    "pack too little": (lambda: NET.pack([], []), "pack", "weights.*2 arrays"),
    "pack misshapen": (
        lambda: NET.pack([np.ones((4, 2)), np.ones((4, 1))], [np.ones(4), np.ones(1)]),
        "pack",
        r"weights\[0\].*\(2, 4\).*\(4, 2\)",
    ),
    "unpack too little": (lambda: NET.unpack([1.0]), "unpack", "params.*17"),
    "pack text": (
        lambda: NET.pack([np.full((2, 4), "a"), np.ones((4, 1))], [np.ones(4), np.ones(1)]),
        "pack",
        r"weights\[0\].*numbers",
    ),
    "pack ragged": (
        lambda: NET.pack([[[1, 2], [1]], [[1]]], [[1], [1]]),
        "pack",
        r"weights\[0\].*equal length",
    ),
    "pack unlike runs": (
        lambda: NET.pack(
            [np.ones((3, 2, 4)), np.ones((5, 4, 1))], [np.ones((3, 4)), np.ones((5, 1))]
        ),
        "pack",
        r"weights\[1\].*runs.*\(3, 4, 1\).*\(5, 4, 1\)",
    ),
    "backward with caches of nothing": (
        lambda: NET.backward(PARAMS, [None] * 4, OUT),
        "backward",
        r"caches\[0\].*forward.*None",
    ),
    "backward with caches of other runs": (
        lambda: NET.backward(np.zeros((2, 17)), NET.forward(np.zeros((3, 17)), X)[1], OUT),
        "backward",
        r"caches\[1\].*forward.*\(3, 4, 4\)",
    ),
    "backward with a slope of other runs": (
        lambda: NET.backward(np.zeros((2, 17)), NET.forward(PARAMS, X)[1], np.ones((3, 4, 1))),
        "backward",
        r"dout.*\(2, 4, 1\).*\(3, 4, 1\)",
    ),
    "own loss no pair": (graded(loss=lambda out, Y: 3), "loss_and_grad", "loss.*pair.*3"),
    "own loss misshapen": (
        graded(loss=lambda out, Y: (0.0, np.ones(3))),
        "loss_and_grad",
        r"slope of loss.*\(4, 1\).*\(3,\)",
    ),
    "own loss of one run for two": (
        graded(params=np.zeros((2, 17)), loss=lambda out, Y: (0.0, out)),
        "loss_and_grad",
        "value of loss.*2 numbers.*0.0",
    ),
    "train on own loss no pair": (trained(loss=lambda out, Y: 3), "train", "loss.*pair.*3"),
    "sweep own loss no slope": (
        swept(loss=lambda out, Y: (0.0, 1.0)),
        "find_learning_rate",
        r"slope of loss.*\(4, 1\).*1.0",
    ),
    "check a gradient of another shape": (
        checked(net=Wrong(*NET.layers)),
        "check_network",
        r"gradient of the network.*\(17,\).*\(16,\)",
    ),
    "check own loss text": (
        checked(loss=lambda out, Y: ("a", out)),
        "check_network",
        "value of loss.*numbers.*'a'",
    ),
    "train by half a step": (trained(optimizer=NoPair()), "train", r"step.*pair.*\(17,\)"),
    "walk by half a step": (down(optimizer=NoPair()), "minimize", r"step.*pair.*\(1,\)"),
    "other runs of lr than of params": (
        down(params=np.zeros((3, 1)), optimizer=c.Adam(np.full((2, 1), 0.1))),
        "minimize",
        r"lr.*stacked.*\(3, 1\).*\(2, 1\)",
    ),
    "other runs of momentum than of params": (
        down(params=np.zeros((3, 1)), optimizer=c.SGD(0.1, np.full((2, 1), 0.1))),
        "minimize",
        r"momentum.*stacked.*\(3, 1\).*\(2, 1\)",
    ),
    "schedule of a rate for each parameter": (
        down(params=[1.0], optimizer=c.SGD(lambda step: np.array([0.1]))),
        "minimize",
        r"lr.*one number.*params of shape \(1,\).*shape \(1,\)",
    ),
    "schedule of a row of rates": (
        down(objective=c.ellipse, params=np.ones((2, 2)), optimizer=c.SGD(lambda k: [0.1, 0.2])),
        "minimize",
        r"lr.*\[\[0.1\], \[0.2\]\].*\(2, 2\).*shape \(2,\)",
    ),
    "own optimizer's ragged schedule": (
        down(optimizer=Halves(lambda step: [[0.1], [0.2, 0.3]])),
        "minimize",
        r"lr.*equal length.*\[\[0.1\], \[0.2, 0.3\]\]",
    ),
    "own optimizer's schedule of text, trained": (
        trained(optimizer=Halves(lambda step: "fast")),
        "train",
        "lr.*numbers.*'fast'",
    ),
    "schedule that returns nothing": (
        down(optimizer=c.RMSprop(lambda step: None)),
        "minimize",
        "lr of optimizer.*numbers.*None",
    ),
    "step with another's gradient": (
        lambda: GD.step(np.ones(2), np.ones(3), GD.init(np.ones(2))),
        "step",
        r"grad.*\(2,\).*\(3,\)",
    ),
    "step with another's state": (
        lambda: GD.step(np.ones(2), np.ones(2), GD.init(np.ones(3))),
        "step",
        r"velocity.*\(2,\).*\(3,\)",
    ),
    "step without a state": (
        lambda: GD.step(np.ones(2), np.ones(2), None),
        "step",
        "state.*init.*None",
    ),
    "step without a gradient": (
        lambda: c.Adam().step([1.0], None, c.Adam().init([1.0])),
        "step",
        "grad.*numbers.*None",
    ),
    "gradient misshapen later": (
        down(objective=lambda w, step: (0.0, np.ones(1 + step // 2))),
        "minimize",
        r"gradient.*\(1,\).*\(2,\)",
    ),
    "objective of other params": (
        lambda: NET.objective(X, Y, "mse")(PARAMS[1:]),
        "objective",
        r"params.*17.*\(16,\)",
    ),
    "batch of a step before the first": (
        lambda: NET.objective(X, Y, "mse", 2)(PARAMS, -1),
        "objective",
        "step.*>= 0.*got -1",
    ),
    "sizes to be counted later": (
        lambda: c.mlp((n for n in (2, 1)), ["relu"]),
        "mlp",
        "sizes.*two or more.*generator",
    ),
    "amplitude in a list": (lambda: c.bumpy_bowl([0.3]), "bumpy_bowl", "amplitude.*one number"),
    "many nudges": (
        lambda: c.numerical_gradient(np.sum, [1.0], [[1e-5]]),
        "numerical_gradient",
        "eps.*one number",
    ),
    "check nothing": (
        lambda: c.check_gradient(lambda w: (0.0, w), []),
        "check_gradient",
        "params.*at least one",
    ),
    "clip text": (lambda: c.clip_by_norm(1.0)("long"), "clip", "grad.*numbers.*'long'"),
    "cut text": (lambda: c.clip_by_value(1.0)("long"), "clip", "grad.*numbers.*'long'"),
    "many limits": (
        lambda: c.clip_by_norm([[1.0], [2.0]]),
        "clip_by_norm",
        r"max_norm.*one number.*\(2, 1\)",
    ),
    "infinite patience": (
        lambda: c.EarlyStopping(1, np.inf),
        "__init__",
        "min_delta.*< inf.*got inf",
    ),
    "a loss of no number": (
        lambda: c.EarlyStopping(1).update(0, None, PARAMS),
        "update",
        "val_loss.*numbers.*None",
    ),
    "slide to infinity": (
        lambda: c.cosine_annealing(0.1, 10, np.inf),
        "cosine_annealing",
        "final.*< inf.*got inf",
    ),
    "train scores as probabilities": (
        trained(net=c.mlp([2, 4, 1], ["tanh", "linear"])),
        "train",
        "loss.*binary_cross_entropy_with_logits.*Sigmoid.*not in Linear.*'binary_cross_entropy'",
    ),
    "rates for scores as probabilities": (
        swept(net=c.mlp([2, 4, 1], ["tanh", "tanh"]), loss=c.binary_cross_entropy),
        "find_learning_rate",
        "loss.*binary_cross_entropy_with_logits.*Sigmoid.*not in Tanh.*'binary_cross_entropy'",
    ),
    "no such parameter": (lambda: NET.parameter_name(17), "parameter_name", "i.*<= 16.*got 17"),
    "mse of different shapes": (lambda: c.mse(OUT[:2], Y), "mse", r"out.*\(4, 1\).*\(2, 1\)"),
    "mse of vectors": (lambda: c.mse([1.0], [1.0]), "mse", "Y.*2-D"),
    "rss of text": (lambda: c.rss(OUT, "labels"), "rss", "Y.*numbers.*'labels'"),
    "half_rss of nan": (lambda: c.half_rss(OUT, Y * np.nan), "half_rss", "Y.*finite"),
    "bce of scores": (
        lambda: c.binary_cross_entropy(OUT, Y - 1),
        "binary_cross_entropy",
        "Y.*between 0 and 1.*-1.0",
    ),
    "ce of class numbers": (
        lambda: c.cross_entropy([[0.5, 0.5]], [[0.0, 2.0]]),
        "cross_entropy",
        "Y.*between 0 and 1",
    ),
    "numerical of no function": (
        lambda: c.numerical_gradient(2, [1.0]),
        "numerical_gradient",
        "f.*function",
    ),
    "numerical of a vector": (
        lambda: c.numerical_gradient(lambda w: w, np.ones(2)),
        "numerical_gradient",
        r"one number.*\(2,\)",
    ),
    "eps zero": (
        lambda: c.numerical_gradient(np.sum, [1.0], 0),
        "numerical_gradient",
        "eps.*> 0",
    ),
    "check returns no pair": (
        lambda: c.check_gradient(np.sum, [1.0, 2.0]),
        "check_gradient",
        "pair",
    ),
    "check misshapen": (
        lambda: c.check_gradient(lambda w: (0.0, [1.0]), [1.0, 2.0]),
        "check_gradient",
        r"gradient.*\(2,\).*\(1,\)",
    ),
    "tol negative": (
        lambda: c.check_gradient(c.x_squared, [1.0], tol=-1),
        "check_gradient",
        "tol.*> 0",
    ),
    "check no network": (checked(net="mine"), "check_network", "net.*forward.*'mine'"),
    "check a stack": (checked(params=np.zeros((2, 17))), "check_network", r"17.*\(2, 17\)"),
    "check with Y too short": (checked(Y=Y[:2]), "check_network", r"Y.*\(2, 1\)"),
    "check labels beyond 1": (
        checked(Y=2 * Y, loss="binary_cross_entropy"),
        "check_network",
        "Y.*between 0 and 1.*2.0",
    ),
    "check too wide X": (
        checked(X=np.ones((4, 3))),
        "check_network",
        r"X.*\(n_samples, 2\).*\(4, 3\)",
    ),
    "check unknown loss": (checked(loss="mean"), "check_network", "loss.*one of.*'mean'"),
    "train no network": (trained(net="mine"), "train", "net.*loss_and_grad, predict.*'mine'"),
    "train a stack": (
        trained(params=np.zeros((2, 17))),
        "train",
        r"params.*one network.*\(2, 17\)",
    ),
    "train too few params": (trained(params=[1.0]), "train", r"params.*17.*\(1,\)"),
    "train nan": (trained(params=PARAMS * np.nan), "train", "params.*finite"),
    "train on X alone": (trained(data=X), "train", r"data.*pair \(X, Y\).*\(4, 2\)"),
    "train on three": (trained(data=(X, Y, Y)), "train", "data.*pair"),
    "train on too few labels": (trained(data=(X, Y[:2])), "train", r"Y.*\(4, n\).*\(2, 1\)"),
    "train on too wide X": (trained(data=(Y, Y)), "train", r"X.*\(n_samples, 2\).*\(4, 1\)"),
    "train on nan": (trained(data=(X * np.nan, Y)), "train", "X.*finite"),
    "train on labels beyond 1": (trained(data=(X, Y + 1)), "train", "Y.*between 0 and 1.*2.0"),
    "train on no loss": (trained(loss="bce"), "train", "loss.*one of.*'bce'"),
    "train on logits": (
        trained(loss="binary_cross_entropy_with_logits"),
        "train",
        "loss.*probabilities.*Sigmoid",
    ),
    "train by a class": (trained(optimizer=c.Adam), "train", r"optimizer.*Adam\(...\)"),
    "train many rates": (trained(optimizer=c.SGD([[0.1], [0.2]])), "train", "optimizer.step.*17"),
    "epochs zero": (trained(epochs=0), "train", "epochs.*>= 1.*got 0"),
    "epochs broken": (trained(epochs=1.5), "train", "epochs.*whole.*1.5"),
    "batch too large": (trained(batch_size=5), "train", "batch_size.*<= 4.*got 5"),
    "batch zero": (trained(batch_size=0), "train", "batch_size.*>= 1.*got 0"),
    "validation a number": (trained(validation=0.2), "train", "validation.*pair.*0.2"),
    "validation too wide": (
        trained(validation=(Y, Y)),
        "train",
        r"X of validation.*\(n_samples, 2\).*\(4, 1\)",
    ),
    "validation too short": (
        trained(validation=(X, Y[:1])),
        "train",
        r"Y of validation.*\(4, 1\).*\(1, 1\)",
    ),
    "validation labels": (trained(validation=(X, -Y)), "train", "Y of validation.*0 and 1.*-1.0"),
    "stopping unseen": (
        trained(early_stopping=c.EarlyStopping(3)),
        "train",
        "validation.*early_stopping.*None",
    ),
    "stopping a number": (
        trained(early_stopping=3, validation=(X, Y)),
        "train",
        "early_stopping.*update.*got 3",
    ),
    "clip a number": (trained(clip=1.0), "train", "clip.*function.*1.0"),
    "clip to nothing": (trained(clip=lambda grad: grad[:2]), "train", r"clip.*17.*\(2,\)"),
    "clip to rows of different lengths": (
        trained(clip=lambda grad: [[1.0], [1.0, 2.0]]),
        "train",
        "clip.*equal length",
    ),
    "metrics one word": (trained(metrics="accuracy"), "train", "metrics.*list.*'accuracy'"),
    "metrics in an array of no axis": (
        trained(metrics=np.array("accuracy")),
        "train",
        "metrics.*list.*'accuracy'",
    ),
    "metric unknown": (trained(metrics=["f1"]), "train", r"metrics\[0\].*accuracy.*'f1'"),
    "accuracy of a regression": (
        trained(data=(X, 3 * Y), loss="mse", metrics=["accuracy"]),
        "train",
        "metrics.*no 'accuracy'.*0 and 1",
    ),
    "train by chance": (trained(seed=np.random.default_rng(0)), "train", "seed.*whole"),
    "train and tell": (trained(progress="yes"), "train", "progress.*True or False.*'yes'"),
    "train to a wrong gradient": (
        trained(net=Wrong(*NET.layers)),
        "train",
        r"gradient.*\(17,\).*\(16,\)",
    ),
    "train to a narrow answer": (
        trained(net=Narrow(*NET.layers), metrics=["accuracy"]),
        "train",
        r"predict.*\(4, 1\).*\(2, 1\)",
    ),
    "sweep of no network": (swept(net=1), "find_learning_rate", "net.*loss_and_grad.*got 1"),
    "sweep of no data": (swept(data=None), "find_learning_rate", "data.*pair.*None"),
    "sweep of too few labels": (swept(data=(X, Y[:1])), "find_learning_rate", r"Y.*\(1, 1\)"),
    "sweep of a finished optimizer": (
        swept(optimizer=c.SGD(0.1)),
        "find_learning_rate",
        r"optimizer.*function lr -> optimizer.*SGD",
    ),
    "sweep of no optimizer": (
        swept(optimizer=lambda lr: lr),
        "find_learning_rate",
        r"optimizer\(lr\).*init, step.*1e-07",
    ),
    "sweep from zero": (swept(lr_min=0), "find_learning_rate", "lr_min.*0 <.*got 0"),
    "sweep downwards": (swept(lr_max=1e-8), "find_learning_rate", "lr_max.*1e-07 <.*got 1e-08"),
    "sweep of one": (swept(n_steps=1), "find_learning_rate", "n_steps.*>= 2.*got 1"),
    "sweep of too large batches": (swept(batch_size=5), "find_learning_rate", "batch_size.*<= 4"),
    "sweep by chance": (swept(seed=-1), "find_learning_rate", "seed.*>= 0.*got -1"),
    "sweep of a wrong gradient": (
        swept(net=Wrong(*NET.layers)),
        "find_learning_rate",
        r"gradient.*\(17,\).*\(16,\)",
    ),
    "diagnose a number": (lambda: c.diagnose(0.5, [0.5]), "diagnose", r"train_loss.*\(n_epochs,\)"),
    "diagnose nothing": (lambda: c.diagnose([], []), "diagnose", r"train_loss.*\(0,\)"),
    "diagnose text": (lambda: c.diagnose(["low"], [1.0]), "diagnose", "train_loss.*numbers.*low"),
    "diagnose two lengths": (
        lambda: c.diagnose([1.0, 0.5], [1.0]),
        "diagnose",
        r"val_loss.*\(2,\).*\(1,\)",
    ),
    "diagnose many runs": (
        lambda: c.diagnose(np.ones((3, 2)), np.ones((3, 2))),
        "diagnose",
        r"train_loss.*\(3, 2\)",
    ),
    "chance of zero": (lambda: c.diagnose([1.0], [1.0], 0), "diagnose", "chance_loss.*> 0.*got 0"),
    "chance of many": (
        lambda: c.diagnose([1.0], [1.0], [0.7, 0.7]),
        "diagnose",
        "chance_loss.*one number.*2",
    ),
    "figure of no panel": (lambda: plots.figure(0), "figure", "columns.*>= 1"),
    "figure of two heights": (
        lambda: plots.figure(height=[[2.0], [3.0]]),
        "figure",
        "height: expected one number, got",
    ),
    "show no figure": (lambda: plots.show("picture", "what is seen here"), "show", "fig.*figure"),
    "show without words": (lambda: plots.show(plots.figure()[0], ""), "show", "alt.*sentence"),
    "curves of no training": (
        lambda: plots.learning_curves(AX, c.minimize(c.x_squared, [5.0], GD, 2)),
        "learning_curves",
        r"history.*train\(...\).*History\(2 steps",
    ),
    "path of no run": (
        lambda: plots.path(AX, c.ellipse, [1.0, 2.0]),
        "path",
        r"history.*minimize.*\[1.0, 2.0\]",
    ),
    "path on another map": (
        lambda: plots.path(AX, c.ellipse, c.minimize(c.x_squared, [5.0], GD, 2)),
        "path",
        r"history.*one run.*\(n_kept, 2\).*\(3, 1\)",
    ),
    "path of many runs": (
        lambda: plots.path(AX, c.x_squared, c.minimize(c.x_squared, [[5.0], [4.0]], GD, 2)),
        "path",
        r"history.*one run.*\(3, 2, 1\)",
    ),
    "loss of no run": (lambda: plots.loss(AX, c.x_squared), "loss", "history.*minimize.*x_squared"),
    "finder of nothing": (
        lambda: plots.lr_finder(AX, [0.1]),
        "lr_finder",
        r"finder.*find_learning_rate.*\[0.1\]",
    ),
    "surface on flat axes": (
        lambda: plots.surface(AX, c.ellipse),
        "surface",
        "ax.*three dimensions.*3d",
    ),
    "surface of nothing": (lambda: plots.surface(AX, 3), "surface", "place.*landscape.*got 3"),
    "boundary of no network": (
        lambda: plots.decision_boundary(AX, 0, PARAMS, X, Y),
        "decision_boundary",
        "net.*predict.*got 0",
    ),
    "boundary in one dimension": (
        lambda: plots.decision_boundary(AX, NET, PARAMS, Y, Y),
        "decision_boundary",
        r"X.*\(n_samples, 2\).*\(4, 1\)",
    ),
    "boundary of other params": (
        lambda: plots.decision_boundary(AX, NET, [1.0], X, Y),
        "decision_boundary",
        r"params.*17.*\(1,\)",
    ),
    "boundary of other labels": (
        lambda: plots.decision_boundary(AX, NET, PARAMS, X, X),
        "decision_boundary",
        r"Y.*\(4, 1\).*\(4, 2\)",
    ),
    "graph of no trace": (
        lambda: plots.computation_graph(AX, NET),
        "computation_graph",
        r"trace.*net.trace\(...\).*Network",
    ),
    "graph of many samples": (
        lambda: plots.computation_graph(AX, NET.trace(PARAMS, X, Y, "mse")),
        "computation_graph",
        r"trace.*one sample.*\(4, 2\)",
    ),
    "draw no landscape": (
        lambda: plots.landscape(plots.figure()[1], np.sin),
        "landscape",
        "place.*landscape.*sin",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_call_is_answered_clearly(name):
    call, function, words = BAD[name]
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    message = str(caught.value)
    assert re.search(words, message), message
    assert "expected" in message and "got" in message
    frames = [f for f in traceback.extract_tb(caught.value.__traceback__) if LIBRARY in f.filename]
    assert [frame.name for frame in frames] == [function if function != "SGD" else "__init__"]
