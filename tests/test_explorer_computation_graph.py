"""The computation graph, against published numbers, a plain loop and arithmetic."""

import re

import numpy as np
import pytest
from golden_numbers import golden

import course_lib
from course_lib import binary_cross_entropy, half_rss, mlp, widgets
from course_lib.widgets import ComputationGraph, tables
from course_lib.widgets.words import fill

NEURON = mlp([2, 1], ["sigmoid"]), [0.5, -0.3, 0.2], [0.7, 0.3], [1.0]
PAIR = mlp([2, 2, 1], ["tanh", "sigmoid"])
WEIGHTS = [0.5, -0.3, 0.8, 0.4, 0.1, -0.2, 0.6, -0.7, 0.3]


def deep(activations=("sigmoid", "sigmoid", "sigmoid"), sizes=(1, 4, 2, 1)):
    net = mlp(list(sizes), list(activations))
    return net, net.init_params(1), np.linspace(0.5, -1, sizes[0])


CASES = {
    "neuron": lambda **s: ComputationGraph(*NEURON, **s),
    "pair": lambda **s: ComputationGraph(PAIR, WEIGHTS, [1.0, 0.5], [0.0], **s),
    "line": lambda **s: ComputationGraph(mlp([1, 1], ["linear"]), [2, 1], 3, 4, **s),
    "deep": lambda **s: ComputationGraph(*deep(), [1.0], loss="rss", **s),
    "relu": lambda **s: ComputationGraph(*deep(["relu", "tanh"], [3, 2, 2]), [0.2, 0.9], **s),
    "softmax": lambda **s: ComputationGraph(*deep(["silu", "softmax"], [2, 3, 3]), [0, 1, 0], **s),
    "soft labels": lambda **s: ComputationGraph(
        *deep(["relu", "sigmoid"], [2, 3, 2]), [0.2, 0.7], **s
    ),
}


@pytest.fixture(params=CASES)
def explorer(request):
    return CASES[request.param]()


def sentences(explorer):
    for position in explorer.scene["controls"][0]["values"]:
        explorer.position = position
        yield explorer.status


def frame(explorer, position):
    explorer.position = position
    return tables.frame(explorer._run_at(explorer.settings), explorer.settings)


def said(number, text):
    """Whether a sentence ends in a number, to four digits."""
    found = re.findall(r"= (−?[\d.]+)(?=[.,;] |\.$|, with)", text + " ")
    return any(float(one.replace("−", "-").rstrip(".")) == float(f"{number:.4g}") for one in found)


def test_a_neuron_says_the_published_numbers():
    published = golden("source_demos")["s0_step_by_step"]
    steps = list(sentences(CASES["neuron"]()))
    assert len(steps) == 10
    for step, name in ((1, "z"), (2, "p"), (3, "loss"), (5, "dL_dA"), (6, "dz"), (7, "db")):
        assert said(published[name], steps[step]), (step, name)
    for slope in published["dW"]:
        assert said(slope, steps[7])
    assert steps[1].startswith("Forward, 1 of 3: z = x₁ w₁ + x₂ w₂ + b = 0.7 · 0.5 + 0.3 · (−0.3)")
    assert steps[6].endswith("= ∂L/∂a · a (1 − a) = −1.631 · 0.2372 = −0.387.")


def test_every_sentence_is_right_arithmetic(explorer):
    """Sums of products in the sentences, worked out anew."""
    checked = 0
    for sentence in sentences(explorer):
        plain = sentence.replace("−", "-").replace("·", "*")
        for left, right in re.findall(r"= ([-\d.+* ()]+) = (-?[\d.]*\d)", plain):
            assert eval(left) == pytest.approx(float(right), rel=2e-3, abs=2e-4), sentence
            checked += "*" in left
    assert checked >= 4


def run_from(net, params, column, values, loss, y):
    """The loss of a plain loop that starts at a column of the graph."""
    weights, biases = net.unpack(params)
    names = [type(layer).__name__.lower() for layer in net.layers[1::2]]
    functions = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "relu": lambda z: np.maximum(z, 0),
        "linear": lambda z: z,
        "silu": lambda z: z / (1 + np.exp(-z)),
        "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
    }
    for k in range(column, 2 * len(weights)):
        values = functions[names[k // 2]](values) if k % 2 else values @ weights[k // 2]
        values = values if k % 2 else values + biases[k // 2]
    return {
        "binary": lambda a: -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)),
        "rss": lambda a: ((y - a) ** 2).sum(),
        "mse": lambda a: ((y - a) ** 2).mean(),
        "cross": lambda a: -(y * np.log(a)).sum(),
    }[loss](values)


@pytest.mark.parametrize(
    ("case", "args", "y", "loss"),
    [
        ("pair", (PAIR, WEIGHTS), [0.0], "binary"),
        ("deep", deep()[:2], [1.0], "rss"),
        ("relu", deep(["relu", "tanh"], [3, 2, 2])[:2], [0.2, 0.9], "mse"),
        ("softmax", deep(["silu", "softmax"], [2, 3, 3])[:2], [0, 1, 0], "cross"),
        ("soft labels", deep(["relu", "sigmoid"], [2, 3, 2])[:2], [0.2, 0.7], "binary"),
    ],
)
def test_values_and_slopes_are_those_of_nudging_each_node(case, args, y, loss):
    columns = CASES[case]().subject.columns
    for k, column in enumerate(columns[:-1]):
        values = np.array([node.value for node in column])
        height = run_from(*args, k, values, loss, np.array(y))
        assert columns[-1][0].value == pytest.approx(height, rel=1e-9)
        for node, nudge in zip(column, 1e-6 * np.eye(len(column)), strict=True):
            up, down = (
                run_from(*args, k, values + way * nudge, loss, np.array(y)) for way in (1, -1)
            )
            assert node.slope == pytest.approx((up - down) / 2e-6, rel=1e-5, abs=1e-8), node.name


@pytest.mark.parametrize("case", ["pair", "deep"])
def test_slopes_of_parameters_are_those_of_nudging_them(case):
    net, params, x, y, loss = {
        "pair": (PAIR, np.array(WEIGHTS), [1.0, 0.5], [0.0], "binary"),
        "deep": (*deep(), [1.0], "rss"),
    }[case]

    def height(params):
        return run_from(net, params, 0, np.array(x), loss, np.array(y))

    slopes = {}
    for sentence in sentences(CASES[case]()):
        for part in re.split("; |: ", sentence.rstrip(".")):
            if found := re.match("∂L/∂([wb][^ ]*) = .*= (−?[\\d.×^]+)$", part):
                slopes[found[1]] = float(found[2].replace("−", "-"))
    assert len(slopes) == net.n_params
    named = {}
    for i, nudge in enumerate(1e-6 * np.eye(net.n_params)):
        layer, row, column = re.fullmatch(
            r"layer (\d), (?:W\[(\d), |b\[)(\d)\]", net.parameter_name(i)
        ).groups()
        n_in, n_out = net.sizes[int(layer) - 1 : int(layer) + 1]
        of = "" if row is None or n_in == 1 else str(int(row) + 1)
        to = "" if n_out == 1 else str(int(column) + 1)
        name = f"{'b' if row is None else 'w'}⁽{layer}⁾{of}{to}"
        named[name] = (height(params + nudge) - height(params - nudge)) / 2e-6
    plain = str.maketrans("₁₂₃₄¹²³", "1234123")
    assert {name.translate(plain): slope for name, slope in slopes.items()} == pytest.approx(
        named, rel=1e-3, abs=1e-7
    )


def shown_words(explorer, position):
    """The words in each colour of the wide picture, those not there yet left out."""
    values = frame(explorer, position)
    found = {"path": [], "back": []}
    for layer in explorer.scene["panels"][0]["layers"]:
        if layer["kind"] == "words" and layer["color"] in found:
            found[layer["color"]] += filter(None, (fill(one, values) for one in layer["labels"]))
    return found


def test_numbers_are_written_when_they_are_found_and_not_before():
    explorer = CASES["neuron"]()
    known = ["0.5", "−0.3", "b = 0.2", "0.7", "0.3"]
    assert shown_words(explorer, 0) == {"path": known, "back": []}
    assert shown_words(explorer, 1)["path"] == [*known, "0.46"]
    assert shown_words(explorer, 3)["path"] == [*known, "0.46", "0.613", "0.489"]
    assert shown_words(explorer, 3)["back"] == []
    assert shown_words(explorer, 6)["back"] == ["∂ −0.387", "∂ −1.63", "∂ 1"]
    parameters = ["∂ −0.271", "∂ −0.116", "∂ −0.387"]
    assert shown_words(explorer, 7)["back"] == [*parameters, "∂ −0.387", "∂ −1.63", "∂ 1"]
    inputs = ["∂ −0.193", "∂ 0.116"]
    assert shown_words(explorer, 9)["back"][3:5] == inputs


def test_slopes_of_parameters_are_written_unit_by_unit():
    explorer = CASES["pair"]()
    counts = [len(shown_words(explorer, position)["back"]) for position in range(20)]
    # loss, a, z, two weights and a bias; two times a and z, two units; two inputs
    assert counts == [*[0] * 8, 1, 2, 3, 6, 7, 8, 9, 10, 13, 16, 17, 18]


def test_each_step_uses_only_what_is_known(explorer):
    walk = explorer.subject
    for start, end in walk.arrows:
        assert start.forward < end.forward <= walk.turn < end.backward < start.backward
    steps = [node.forward for column in walk.columns[1:] for node in column]
    assert sorted(steps) == list(range(1, walk.turn + 1))
    last = len(walk.sentences) - 1
    assert last == max(node.backward for node in walk.columns[0])
    backward = [node.backward for column in walk.columns for node in column]
    assert len(set(backward)) == len(backward)


@pytest.mark.parametrize(
    ("case", "arrows"),
    [
        ("neuron", ["x₁ z", "x₂ z", "z a", "a L"]),
        ("line", ["x z", "z a", "a L"]),
        ("pair", 4 + 2 + 2 + 1 + 1),
        ("softmax", 6 + 3 + 9 + 9 + 3),  # each output of a softmax needs every sum
    ],
)
def test_arrows_lead_from_what_is_used(case, arrows):
    found = [f"{start.name} {end.name}" for start, end in CASES[case]().subject.arrows]
    assert len(set(found)) == len(found)
    assert found == arrows if isinstance(arrows, list) else len(found) == arrows


def test_numbers_and_arrows_appear_when_they_are_found():
    explorer = CASES["neuron"]()
    shown = frame(explorer, 0)
    assert shown["cards"].tolist() == [1, 1, 0, 0, 0]
    assert shown["there"].tolist() == [0, 0, 0, 0]
    shown = frame(explorer, 1)  # z
    assert shown["cards"].tolist() == [1, 1, 4, 0, 0]
    assert shown["there"].tolist() == [2, 2, 0, 0]
    shown = frame(explorer, 6)  # its slope
    assert shown["cards"].tolist() == [1, 1, 5, 2, 2]
    assert shown["there"].tolist() == [1, 1, 1, 1]
    assert shown["back"].tolist() == [0, 0, 2, 1]
    assert [shown[f"step_{k}"] for k in (5, 6, 7)] == [1, 1, 0]
    assert frame(explorer, 9)["cards"].tolist() == [2, 5, 2, 2, 2]


def test_the_plane_holds_what_each_step_shows(explorer):
    explorer._show()
    assert explorer.plane["axes"] == {"position": list(range(len(explorer.subject.sentences)))}
    for position in explorer.plane["axes"]["position"]:
        shown = frame(explorer, position)
        looked_up = tables.frame(explorer.plane, explorer.settings)
        for name, value in shown.items():
            np.testing.assert_array_equal(looked_up[name], value)
    assert tables.size(explorer.plane) < 50_000


def boxes(panel, width):
    """Where the words and the cards of a panel stand, in pixels of a panel of some width."""
    scale = width / panel["x"]["high"]
    for layer in panel["layers"]:
        dx, dy = layer.get("shift", (0, 0))
        size = (66, 54) if layer["kind"] == "cards" else (50, 14)
        if layer["kind"] in ("cards", "words"):
            for x, y in zip(layer["x"], layer["y"], strict=True):
                yield layer["kind"], scale * x + dx, panel["y"]["high"] - y + dy, size


def test_nothing_overlaps_and_nothing_sticks_out(explorer):
    wide, narrow = explorer.scene["panels"]
    assert wide["from_width"] == narrow["below_width"] < 1000
    for panel, width in ((wide, wide["from_width"] - 24), (narrow, 300)):
        found = list(boxes(panel, width))
        for i, (kind, x, y, (w, h)) in enumerate(found):
            assert w / 2 <= x <= width - w / 2, (kind, x)
            assert h / 2 <= y <= panel["height"] - h / 2, (kind, y)
            for other, x2, y2, (w2, h2) in found[i + 1 :]:
                if kind == other:  # words stand on cards, cards on nothing
                    apart = abs(x - x2) >= (w + w2) / 2 or abs(y - y2) >= (h + h2) / 2 - 1
                    assert apart, (kind, (x, y), (x2, y2))


def test_the_columns_are_level(explorer):
    columns = [len(column) for column in explorer.subject.columns]
    (cards,) = (
        layer for layer in explorer.scene["panels"][0]["layers"] if layer["kind"] == "cards"
    )
    heights = np.split(np.array(cards["y"]), np.cumsum(columns)[:-1])
    middles = [column.mean() for column in heights]
    np.testing.assert_allclose(middles, middles[0])


@pytest.mark.parametrize("case", ["neuron", "pair", "line"])
def test_small_networks_show_every_weight_in_both_layouts(case):
    explorer, weights = CASES[case](), {"neuron": 3, "pair": 9, "line": 2}[case]
    for panel in explorer.scene["panels"]:
        words = [text for layer in panel["layers"] for text in layer.get("labels", [])]
        slopes = [one for one in words if "∂" in one]
        nodes = sum(len(column) for column in explorer.subject.columns)
        assert len(slopes) == nodes + weights


def test_python_and_picture_at_both_ends(explorer):
    last = len(explorer.subject.sentences) - 1
    pictures = set()
    for position in (0, last // 2, last):
        explorer.position = position
        pictures.add(explorer.picture())
        assert explorer.status in explorer.describe()
    assert len(pictures) == 3
    assert explorer.status.endswith("Now every slope is known.")


@pytest.mark.parametrize("case", CASES)
def test_its_line_of_python_shows_it_again(case):
    explorer = CASES[case](position=4)
    names = vars(course_lib) | {"ComputationGraph": ComputationGraph}
    again = eval(explorer.call, names)
    assert again.status == explorer.status
    assert again.scene == explorer.scene


def test_a_loss_of_ones_own():
    def cubic(out, Y):
        return float(((out - Y) ** 4).sum()), 4 * (out - Y) ** 3

    explorer = ComputationGraph(mlp([1, 1], ["linear"]), [2, 1], [1], [1], loss=cubic, position=3)
    assert explorer.status.startswith("Forward, 3 of 3: L = cubic = 16")
    explorer.position = 5
    assert "the slope of the loss = 32" in explorer.status


def test_the_usual_loss_may_be_named_or_given_as_a_function():
    by_default = ComputationGraph(*NEURON, position=9)
    for loss in ("binary_cross_entropy", binary_cross_entropy):
        assert ComputationGraph(*NEURON, loss=loss, position=9).status == by_default.status
    other = ComputationGraph(*NEURON, loss=half_rss, position=3)
    assert "L = (a − y)² / 2 = 0.07488" in other.status
    assert "loss='half_rss'" in other.call


def test_a_sigmoid_that_is_sure_is_taken_together_with_its_loss():
    explorer = ComputationGraph(mlp([1, 1], ["sigmoid"]), [100.0, 0.0], [1.0], [0.0], position=6)
    assert explorer.status.endswith("(a − y), activation and loss in one step = 1.")
    explorer.picture()


def test_weights_beyond_all_bounds_are_shown():
    explorer = ComputationGraph(mlp([1, 1], ["linear"]), [1e200, 0.0], [1e200], [0.0])
    for sentence in sentences(explorer):
        assert sentence
    explorer.picture()


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"net": mlp([5, 1], ["tanh"])}, ValueError, r"at most 4 units .* got sizes \[5, 1\]"),
        ({"net": mlp([1] * 5, ["tanh"] * 4)}, ValueError, "3 layers of weights, got sizes"),
        ({"net": "net"}, TypeError, "net: expected a network"),
        ({"params": [1.0, 2.0]}, ValueError, "params: expected shape"),
        ({"params": np.zeros((2, 3))}, ValueError, "params: expected numbers in one row"),
        ({"params": [1.0, np.nan, 0.0]}, ValueError, "params: expected finite"),
        ({"x": [1.0]}, ValueError, r"X: expected shape \(n_samples, 2\)"),
        ({"x": [[0.7, 0.3], [1.0, 2.0]]}, ValueError, "x: expected numbers in one row"),
        ({"y": [1.0, 0.0]}, ValueError, "Y: expected shape"),
        ({"y": "one"}, TypeError, "y: expected numbers"),
        ({"y": [2.0]}, ValueError, "Y: expected"),
        ({"loss": "guess"}, ValueError, "loss"),
        ({"position": 2.5}, ValueError, "position: expected a whole number from 0 to 9, got 2.5"),
        ({"position": 10}, ValueError, "position: expected a whole number from 0 to 9, got 10"),
        ({"position": "z"}, TypeError, "position: expected"),
        ({"step": 1}, TypeError, "settings: expected position, got step"),
    ],
)
def test_what_does_not_fit_is_said(change, kind, message):
    given = dict(zip(("net", "params", "x", "y"), NEURON, strict=True)) | change
    with pytest.raises(kind, match=message):
        ComputationGraph(**given)


def test_it_is_offered():
    assert "ComputationGraph" in widgets.__all__
