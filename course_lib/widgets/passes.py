"""Forward and backward pass of a small network, step by step and in words.

A computation is a graph: each number is a node, computed from the nodes before it. One walk along
the arrows finds every value, one walk against them every slope of the loss.
"""

from dataclasses import dataclass, field

import numpy as np

from course_lib.layers import ACTIVATIONS, Dense, Softmax
from course_lib.widgets.words import MINUS, number

DOT, PARTIAL = " \N{MIDDLE DOT} ", "\N{PARTIAL DIFFERENTIAL}"
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NAMES = {kind: name for name, kind in ACTIVATIONS.items()}
SLOPES = {"sigmoid": f"a (1 {MINUS} a)", "tanh": f"(1 {MINUS} a²)", "linear": "1"}
# What each loss is, and its slope, for one output a; with more of them both have a factor.
LOSSES = {
    "mse": (f"(a {MINUS} y)²", f"2 (a {MINUS} y)"),
    "rss": (f"(a {MINUS} y)²", f"2 (a {MINUS} y)"),
    "half_rss": (f"(a {MINUS} y)² / 2", f"a {MINUS} y"),
    "binary_cross_entropy": (
        f"{MINUS}(y log a + (1 {MINUS} y) log(1 {MINUS} a))",
        f"(a {MINUS} y) / (a (1 {MINUS} a))",
    ),
    "cross_entropy": (f"{MINUS}y log a", f"{MINUS}y / a"),
    "binary_cross_entropy_with_logits": (
        f"log(1 + exp a) {MINUS} y a",
        f"sigmoid(a) {MINUS} y",
    ),
    "cross_entropy_with_logits": (f"{MINUS}y log softmax(a)", f"softmax(a) {MINUS} y"),
}
MEANS = ("mse", "binary_cross_entropy", "binary_cross_entropy_with_logits")


@dataclass
class Node:
    """One number of the computation.

    ``forward`` and ``backward`` are the steps at which its value and its slope are found, ``now``
    all steps at which it is looked at.
    """

    name: str
    column: int
    value: float
    slope: float
    forward: int = 0
    backward: int = 0
    now: set = field(default_factory=set)


@dataclass
class Passes:
    """Everything there is to walk along.

    Attributes
    ----------
    columns : list of lists of Node
        ``x``, for each layer ``z`` and ``a``, and the loss.
    arrows : list of pairs of Node
    weights : list of arrays of shape (n_in, n_out)
        The step at which the slope of each layer's weights is found.
    sentences : list of str
        What happens at each step; the first is before them all.
    turn : int
        The step that finds the loss: the last one forward.
    """

    columns: list
    arrows: list
    weights: list
    sentences: list
    turn: int


def passes(net, trace, y, loss):
    """The steps of a trace of one sample; ``loss`` is the loss function's name."""
    columns = [_column("x", 0, trace.layers[0].a[0], trace.dX[0])]
    for k, layer in enumerate(trace.layers[1:], start=1):
        high = f"⁽{str(k).translate(HIGH)}⁾" if len(trace.layers) > 2 else ""
        columns.append(_column(f"z{high}", 2 * k - 1, layer.z[0], layer.dz[0]))
        columns.append(_column(f"a{high}", 2 * k, layer.a[0], layer.da[0]))
    columns.append(_column("L", len(columns), [trace.loss], [1.0]))
    walk = Passes(columns, [], [], [_start(columns[0])], 0)
    locals_ = [_activation(net, k, layer) for k, layer in enumerate(trace.layers[1:])]
    _forward(walk, trace, locals_, y, loss)
    walk.turn = len(walk.sentences) - 1
    _backward(walk, trace, locals_, y, loss)
    _number(walk)
    return walk


def _column(name, place, values, slopes):
    many = len(values) > 1
    return [
        Node(name + str(i).translate(LOW) * many, place, float(value), float(slope))
        for i, (value, slope) in enumerate(zip(values, slopes, strict=True), start=1)
    ]


def _activation(net, k, layer):
    """What follows layer ``k``: its name, and ``slopes[j, i]``, of output j by input i."""
    dense = [i for i, part in enumerate(net.layers) if isinstance(part, Dense)]
    after = net.layers[dense[k] + 1 : [*dense, len(net.layers)][k + 1]]
    x, n = layer.z[[0] * layer.z.shape[1]], layer.z.shape[1]
    none, caches = np.empty(0), []
    with np.errstate(all="ignore"):
        for part in after:
            x, cache = part.forward(none, x)
            caches.append(cache)
        slopes = np.eye(n)
        for part, cache in zip(after[::-1], caches[::-1], strict=True):
            slopes, _ = part.backward(none, cache, slopes)
    name = " of ".join(NAMES.get(type(part), type(part).__name__) for part in after[::-1])
    mixed = any(isinstance(part, Softmax) for part in after)
    return name or "linear", slopes, mixed


def _forward(walk, trace, locals_, y, loss):
    for k, (layer, (name, _, mixed)) in enumerate(zip(trace.layers[1:], locals_, strict=True)):
        before, sums, after = walk.columns[2 * k : 2 * k + 3]
        for j, node in enumerate(sums):
            walk.arrows += [(one, node) for one in before]
            terms = [(node_.value, layer.W[i, j]) for i, node_ in enumerate(before)]
            weights = weight_names(walk, k + 1)
            rule = [f"{one.name} {weights[i][j]}" for i, one in enumerate(before)]
            rule = _joined([*rule, bias_name(walk, k + 1, j)])
            _reach(walk, node, f"{node.name} = {rule}{_sum(terms, layer.b[j])}", node.value)
        for j, node in enumerate(after):
            walk.arrows += [(one, node) for i, one in enumerate(sums) if mixed or i == j]
            rule = f"{name}({sums[j].name}) = {name}({number(sums[j].value)})"
            if mixed:
                rule = f"entry {j + 1} of {name}({', '.join(number(one.value) for one in sums)})"
            _reach(walk, node, f"{node.name} = {rule}", node.value)
    outputs, (end,) = walk.columns[-2:]
    walk.arrows += [(one, end) for one in outputs]
    rule = LOSSES.get(loss, (loss,))[0]
    if len(outputs) > 1:
        rule = f"{'mean' if loss in MEANS else 'sum'} of {rule} over the outputs"
    _reach(walk, end, f"L = {rule}", end.value, _labels(outputs, y))


def _backward(walk, trace, locals_, y, loss):
    outputs, (end,) = walk.columns[-2:]
    _return(walk, end, f"{_d(end)} = 1. The way back begins at the loss.")
    rule = LOSSES.get(loss, ("", "the slope of the loss"))[1]
    shared = f" / {len(outputs)}" if len(outputs) > 1 and loss in MEANS else ""
    for j, node in enumerate(outputs):
        told = _labels([node], y[j : j + 1])
        _return(walk, node, f"{_d(node)} = {rule}{shared} = {number(node.slope)}{told}.")
    for k in reversed(range(len(locals_))):
        layer, (name, slopes, mixed) = trace.layers[k + 1], locals_[k]
        before, sums, after = walk.columns[2 * k : 2 * k + 3]
        for i, node in enumerate(sums):
            terms = [(one.slope, slopes[j, i]) for j, one in enumerate(after) if mixed or i == j]
            if mixed:
                rule = f"sum of {PARTIAL}L/{PARTIAL}a{DOT}{PARTIAL}a/{PARTIAL}{node.name}"
            else:
                rule = f"{_d(after[i])}{DOT}{SLOPES.get(name, f'{name}′({node.name})')}"
            _return(walk, node, _product(node, rule, terms, after, y))
        walk.weights.append(_weights(walk, k + 1, before, sums, layer))
        if k:  # on to the outputs of the layer before
            _share(walk, before, sums, k + 1, layer)
    walk.weights.reverse()
    _share(walk, walk.columns[0], walk.columns[1], 1, trace.layers[1])
    walk.sentences[-1] += " Now every slope is known."


def _share(walk, before, sums, number_, layer):
    """What an output passes on to several sums, it gets back from each."""
    names = weight_names(walk, number_)
    for i, node in enumerate(before):
        rule = _joined([f"{_d(one)}{DOT}{names[i][j]}" for j, one in enumerate(sums)])
        terms = [(one.slope, layer.W[i, j]) for j, one in enumerate(sums)]
        _return(walk, node, _product(node, rule, terms))


def _weights(walk, layer_number, before, sums, layer):
    names = weight_names(walk, layer_number)
    for j, node in enumerate(sums):
        said = []
        for i, one in enumerate(before):
            factors = _times(node.slope, one.value)
            slope = number(layer.dW[i, j])
            said.append(f"{PARTIAL}L/{PARTIAL}{names[i][j]} = {factors} = {slope}")
        if len(before) < 3:
            said[0] = said[0].replace(" = ", f" = {_d(node)}{DOT}{before[0].name} = ", 1)
        bias = f"{PARTIAL}L/{PARTIAL}{bias_name(walk, layer_number, j)}"
        said.append(f"{bias} = {_d(node)} = {number(layer.db[j])}")
        _look(walk, node, "; ".join(said) + ".")
    last = len(walk.sentences)
    return np.arange(last - len(sums), last)


def _product(node, rule, terms, after=(), y=()):
    """The sentence of a slope that is a sum of products."""
    total = sum(a * b for a, b in terms)
    if len(after) and not np.isclose(total, node.slope, rtol=1e-6, atol=1e-300):
        # A sure sigmoid or softmax: the library takes it and the loss as one step.
        shared = " / n" if len(y) > 1 and len(terms) == 1 else ""
        rule = f"(a {MINUS} y){shared}, activation and loss in one step"
        return f"{_d(node)} = {rule} = {number(node.slope)}."
    return f"{_d(node)} = {rule}{_sum(terms)} = {number(node.slope)}."


# -- steps -------------------------------------------------------------------------------------


def _reach(walk, node, words, value, rest=""):
    node.forward = len(walk.sentences)
    _look(walk, node, f"{words} = {number(value)}{rest}.")


def _return(walk, node, words):
    node.backward = len(walk.sentences)
    _look(walk, node, words)


def _look(walk, node, words):
    node.now.add(len(walk.sentences))
    walk.sentences.append(words)


def _number(walk):
    """Say before each sentence where in which pass it stands."""
    last = len(walk.sentences) - 1
    for step in range(1, last + 1):
        way, first, of = "Forward", 0, walk.turn
        if step > walk.turn:
            way, first, of = "Backward", walk.turn, last - walk.turn
        walk.sentences[step] = f"{way}, {step - first} of {of}: {walk.sentences[step]}"


# -- words -------------------------------------------------------------------------------------


def weight_names(walk, layer):
    """A name for each weight into a layer: ``w₁₂`` goes from unit 1 to unit 2."""
    n_in, n_out = len(walk.columns[2 * layer - 2]), len(walk.columns[2 * layer - 1])
    high = _layer(walk, layer)
    return [
        [
            f"w{high}" + f"{i + 1}".translate(LOW) * (n_in > 1) + _unit(j, n_out)
            for j in range(n_out)
        ]
        for i in range(n_in)
    ]


def bias_name(walk, layer, j):
    """The name of a unit's bias."""
    return f"b{_layer(walk, layer)}{_unit(j, len(walk.columns[2 * layer - 1]))}"


def _layer(walk, layer):
    return f"⁽{str(layer).translate(HIGH)}⁾" if len(walk.columns) > 4 else ""


def _unit(j, n):
    return str(j + 1).translate(LOW) if n > 1 else ""


def _start(inputs):
    known = " and ".join(f"{node.name} = {number(node.value)}" for node in inputs)
    return f"Known before the first step: {known}, the weights w and the biases b."


def _labels(outputs, y):
    if len(outputs) > 1:
        return f", with y = ({', '.join(map(number, y))})"
    return f", with {outputs[0].name} = {number(outputs[0].value)} and y = {number(y[0])}"


def _d(node):
    return f"{PARTIAL}L/{PARTIAL}{node.name}"


def _joined(parts):
    """A sum in symbols, the middle of a long one left out."""
    return " + ".join(parts if len(parts) < 4 else [parts[0], "…", parts[-1]])


def _sum(terms, rest=None):
    parts = [f"{_inside(a) if i else number(a)}{DOT}{_inside(b)}" for i, (a, b) in enumerate(terms)]
    return f" = {' + '.join(parts + ([] if rest is None else [_inside(rest)]))}"


def _times(a, b):
    return f"{number(a)}{DOT}{_inside(b)}"


def _inside(value):
    """A number inside a product or a sum: a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)
