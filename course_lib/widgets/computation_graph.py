"""The computation graph of a small network: forward step by step, and all the way back."""

from itertools import product

import numpy as np
import traitlets

from course_lib import checks
from course_lib.layers import Sigmoid, Softmax
from course_lib.losses import LOSSES
from course_lib.networks import Network
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.passes import PARTIAL, bias_name, passes
from course_lib.widgets.tables import Code
from course_lib.widgets.words import number

MOST_UNITS, MOST_LAYERS = 4, 3
CARD = 66, 54  # pixels: wide, high
LABEL = 60, 36  # a weight and its slope
MANY = 6  # weights of a layer that may have room for their numbers
ROW = 122  # from one unit to the next
NARROW = 300  # pixels: a phone's panel, for which labels are placed
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)  # of an arrow, where its label may stand


class ComputationGraph(Explorer):
    """A small network as a computation: values forward, slopes of the loss backward.

    Every number is one of ``net.trace(params, X, Y, loss)``.

    Parameters
    ----------
    net : Network
        Of at most 4 units in a layer and 3 layers of weights.
    params : array of shape (n_params,)
    x : array of shape (n_in,)
        One sample.
    y : array of shape (n_out,)
        What its output should be.
    loss : str or function, optional
        As for ``net.trace``. Without it, the usual one: binary cross-entropy after a sigmoid,
        cross-entropy after a softmax, else mean squared error.
    **settings
        Where the slider stands at first: ``position``, the step, from 0 (nothing is computed).

    Raises
    ------
    ValueError, TypeError
        If the network is too large to draw, arguments do not fit, or a setting is out of range.

    Examples
    --------
    >>> from course_lib import mlp
    >>> net = mlp([1, 1], ["linear"])
    >>> explorer = ComputationGraph(net, [2.0, 1.0], [3.0], [4.0], position=1)
    >>> explorer.status
    'Forward, 1 of 3: z = x w + b = 3 · 2 + 1 = 7.'
    >>> explorer.position = 6
    >>> explorer.status
    'Backward, 3 of 5: ∂L/∂z = ∂L/∂a · 1 = 6 · 1 = 6.'
    """

    position = traitlets.Float().tag(sync=True)
    axes = ("position",)

    def __init__(self, net, params, x, y, loss=None, **settings):
        if problem := _size_problem(net):
            raise problem
        params, x, y = _one("params", params), _one("x", x), _one("y", y)
        if loss is None:
            last = type(net.layers[-1])
            usual = {Sigmoid: "binary_cross_entropy", Softmax: "cross_entropy"}
            loss = usual.get(last, "mse")
        trace = net.trace(params, [x], [y], loss)
        name = loss if isinstance(loss, str) else getattr(loss, "__name__", "loss")
        self._arguments = f"{net!r}, {params.tolist()}, {x.tolist()}, {y.tolist()}"
        self._arguments += f", loss={name!r}" if name in LOSSES else f", loss={name}"
        walk = passes(net, trace, y, name)
        per_step = Code(self.axes)
        names = ("cards", "there", "back", "outcome", *_flags(walk))
        self.codes = {name: per_step for name in names} | {"turn": Code()}
        super().__init__(walk, scene(walk, trace, y), {"position": 0} | settings)

    def compute(self, walk, position):
        """What is known, and what has just been found, at each step."""
        nodes = [node for column in walk.columns for node in column]
        there = np.array([end.forward for _, end in walk.arrows])
        back = np.array([start.backward for start, _ in walk.arrows])
        flags = {name: position >= step for name, step in _flags(walk).items()}
        return flags | {
            "cards": [[_card(node, step) for node in nodes] for step in position],
            "there": _travelled(there, position),
            "back": _travelled(back, position),
            "outcome": position,
            "turn": walk.turn,
        }

    def texts(self, fixed):
        note = "Marked \N{BLACK UP-POINTING TRIANGLE}: the loss. Up to it forward, from it back."
        return {"sentences": self.subject.sentences, "notes": {"position": note}}

    def _call(self):
        return f"{type(self).__name__}({self._arguments}, "


def _one(name, values):
    """One sample, or one run's params, as a vector of numbers."""
    if problem := checks.finite(name, values):
        raise problem
    values = np.asarray(values, dtype=float)
    if values.ndim > 2 or (values.ndim == 2 and len(values) != 1):
        raise checks.wrong(ValueError, name, "numbers in one row", values)
    return np.atleast_1d(values).reshape(-1)


def _size_problem(net):
    """The exception to raise where there is no such network, or no room for it."""
    wanted = f"a network of at most {MOST_UNITS} units in a layer and {MOST_LAYERS} layers"
    if not isinstance(net, Network):
        return checks.wrong(TypeError, "net", wanted, net)
    if max(net.sizes) > MOST_UNITS or len(net.sizes) > MOST_LAYERS + 1:
        return ValueError(f"net: expected {wanted} of weights, got sizes {net.sizes}")
    return None


def _card(node, step):
    """0: waiting, 1: the value is known, 2: the slope, too; 3 more: just now."""
    state = 2 if node.backward <= step else int(node.forward <= step)
    return state + 3 * (step in node.now)


def _travelled(found, position):
    """0: not yet, 1: before, 2: just now."""
    position = position[:, None]
    return (position >= found).astype(int) + (position == found)


def _flags(walk):
    """A table for each step: whether it has been reached."""
    return {f"step_{k}": k for k in range(1, len(walk.sentences))}


# -- the picture -------------------------------------------------------------------------------


def scene(walk, trace, y):
    """From left to right where there is room for it, else from top to bottom."""
    sizes = [len(column) for column in walk.columns]
    gaps = (68, 18) if len(sizes) > 6 else (100, 28)
    wide, high = _places(sizes, *gaps, CARD[0], 8)
    tall = ROW * (max(sizes) - 1) + 128
    across = {"size": [high, tall], "flat": True}
    across["at"] = [
        [(x, tall - 70 + ROW * ((n - max(sizes)) / 2 - i)) for i in range(n)]
        for n, x in zip(sizes, wide, strict=True)
    ]
    deep, long = _places(sizes, 92, 26, CARD[1], 6)
    down = {"size": [NARROW, long + 22], "flat": False}
    down["at"] = [
        [(NARROW * (i + (0.36 if n == 2 else 0.5)) / n, long + 22 - y) for i in range(n)]
        for n, y in zip(sizes, deep, strict=True)
    ]
    turn = high + 24  # its own width, with its padding
    return {
        "title": "A computation and its slopes, step by step",
        "description": "Left: the inputs. Then, for each layer, the sums z and the outputs a. "
        "Right: the loss L. Each card holds a name, below it the value found on the way forward, "
        "and below that the slope of the loss found on the way back.",
        "lines": 3,
        "controls": [
            scenes.slider(
                "position", "Step", range(len(walk.sentences)), plays=0.6, marks="turn", whole=True
            )
        ],
        "panels": [
            _panel(walk, trace, y, across, "→", "⇠") | {"from_width": turn},
            _panel(walk, trace, y, down, "↓", "⇡") | {"below_width": turn},
        ],
    }


def _places(sizes, wide, narrow, card, room):
    """Where the columns stand: more room where the weights are. And the length in all."""
    places, at = [], room + card / 2
    for k in range(len(sizes)):
        places.append(at)
        at += card + (wide if k % 2 == 0 and k < len(sizes) - 2 else narrow)
    return places, places[-1] + card / 2 + room


def _panel(walk, trace, y, layout, there, back):
    """The graph in one of its two layouts."""
    spots = [spot for column in layout["at"] for spot in column]
    nodes = [node for column in walk.columns for node in column]
    where = {id(node): spot for node, spot in zip(nodes, spots, strict=True)}
    starts, ends = ([where[id(pair[way])] for pair in walk.arrows] for way in (0, 1))
    gap = [CARD[0] / 2, 0] if layout["flat"] else [0, CARD[1] / 2]
    forward = {"kind": "arrows", **_pairs(starts, ends), "gap": gap}
    backward = {"kind": "arrows", **_pairs(ends, starts), "gap": [-gap[0], -gap[1]]}
    values = [_from(node.forward, number(node.value, 3)) for node in nodes]
    slopes = [_from(node.backward, f"{PARTIAL} {number(node.slope, 3)}") for node in nodes]
    told = [f"y = {', '.join(map(number, y))}"]
    layers = [
        forward | {"values": [1] * len(starts), "color": "axis"},
        forward | {"values": "there", "color": "path"},
        backward | {"values": "back", "color": "back", "dash": True},
        *_weight_labels(walk, trace, layout),
        {"kind": "cards", **_points(spots), "values": "cards"},
        _words(spots, [node.name for node in nodes], "text", [0, -17]),
        _words(spots, values, "path", [0, 1]),
        _words(spots, slopes, "back", [0, 18]),
        _words(spots[-1:], told, "text", [0, 40]),
    ]
    title = f"Blue {there}: values, on the way forward. Red {back} {PARTIAL}: slopes of the loss."
    width, height = layout["size"]
    ways = [scenes.axis("", 0, width), scenes.axis("", 0, height)]
    return scenes.panel(title, *ways, layers, bare=True, height=height, margin=0)


def _weight_labels(walk, trace, layout):
    """A weight above its slope on each arrow, where there is room; a bias beside its sum."""
    spots, values, slopes, near, biases, bias_slopes = [], [], [], [], [], []
    for k, layer in enumerate(trace.layers[1:]):
        before, sums = layout["at"][2 * k], layout["at"][2 * k + 1]
        places = _label_places(before, sums, layout["flat"]) if layer.W.size <= MANY else []
        spots += places
        if places:
            for i, j in product(*map(range, layer.W.shape)):
                values.append(number(layer.W[i, j], 3))
                slope = f"{PARTIAL} {number(layer.dW[i, j], 3)}"
                slopes.append(_from(walk.weights[k][j], slope))
        if layout["flat"] or len(sums) < 3:
            near += sums
            for j, (b, db) in enumerate(zip(layer.b, layer.db, strict=True)):
                biases.append(f"{bias_name(walk, k + 1, j)[0]} = {number(b, 3)}")
                bias_slopes.append(_from(walk.weights[k][j], f"{PARTIAL} {number(db, 3)}"))
    beside = [0, -55] if layout["flat"] else [69, -9]
    return [
        _words(spots, values, "path", [0, -10]),
        _words(spots, slopes, "back", [0, 10]),
        _words(near, biases, "path", beside),
        _words(near, bias_slopes, "back", [beside[0], beside[1] + 18]),
    ]


def _label_places(before, sums, flat):
    """A place on each arrow for its label, as far from all others as can be; none if too near."""
    edge = np.array([CARD[0] / 2, 0] if flat else [0, -CARD[1] / 2])
    ways = [(start + edge, end - edge) for start, end in product(before, sums)]
    shares = np.array(list(product(SHARES, repeat=len(ways))))[..., None]
    starts, ends = np.swapaxes(ways, 0, 1)
    options = (1 - shares) * starts + shares * ends
    apart = np.max(np.abs(options[:, :, None] - options[:, None]) / LABEL, axis=-1)
    nearest = (apart + 9 * np.eye(len(ways))).min(axis=(1, 2)).clip(max=1.2)
    best = np.argmax(nearest - 0.01 * np.abs(shares[..., 0] - 0.5).sum(axis=1))
    return options[best].tolist() if nearest[best] >= 1 else []


def _from(step, text):
    """Words that are there from a step on."""
    return f"[step_{step}: |{text}]" if step else text


def _words(spots, labels, color, shift):
    words = {"kind": "words", **_points(spots), "labels": labels, "color": color, "shift": shift}
    return words | {"front": True}


def _points(spots):
    x, y = np.round(np.reshape(spots, (-1, 2)), 2).T.tolist()
    return {"x": x, "y": y}


def _pairs(starts, ends):
    return _points([spot for pair in zip(starts, ends, strict=True) for spot in pair])
