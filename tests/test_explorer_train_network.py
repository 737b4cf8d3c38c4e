"""The explorer of training, against a loop written out here and against its own single runs."""

import numpy as np
import pytest

from course_lib import (
    SGD,
    Activation,
    Dense,
    Network,
    Sigmoid,
    Tanh,
    minimize,
    mlp,
    spiral,
    two_clouds,
    xor,
)
from course_lib.widgets import TrainNetwork, exported, tables, train_network
from course_lib.widgets.explorer import positions

KINDS = {
    "xor": (xor(), mlp([2, 4, 1], ["tanh", "sigmoid"])),
    "spiral": (spiral(turns=1), mlp([2, 10, 3], ["relu", "softmax"])),
    "clouds": (two_clouds(), mlp([2, 1], ["sigmoid"])),
}
CORNERS = [(0.001, 0.0), (0.001, 0.99), (0.5, 0.9), (100.0, 0.0), (100.0, 0.99)]


@pytest.fixture(params=KINDS, scope="module")
def kind(request):
    return KINDS[request.param]


def shown(explorer):
    """Every table at the present settings, as a run of its own has it."""
    return tables.frame(explorer._run_at(explorer.settings), explorer.settings)


def logistic(X, Y, w, b, lr, beta, n_epochs):
    """Logistic regression, written out."""
    v_w, v_b = np.zeros(2), 0.0
    for _ in range(n_epochs):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        v_w = beta * v_w + (p - Y[:, 0]) @ X / len(X)
        v_b = beta * v_b + (p - Y[:, 0]).mean()
        w, b = w - lr * v_w, b - lr * v_b
    return 1 / (1 + np.exp(-(X @ w + b))), w, b


@pytest.mark.parametrize(("lr", "beta", "epoch"), [(0.5, 0.0, 100), (0.1, 0.9, 30), (2, 0.5, 5)])
def test_the_picture_is_that_of_a_plain_loop(lr, beta, epoch):
    (X, Y), net = KINDS["clouds"]
    start = np.array([0.3, -0.2, 0.1])
    explorer = TrainNetwork((X, Y), net, params=start, learning_rate=lr, momentum=beta, epoch=epoch)
    p, w, b = logistic(X, Y, start[:2], start[2], lr, beta, epoch)
    frame = shown(explorer)
    loss = -np.mean(Y[:, 0] * np.log(p) + (1 - Y[:, 0]) * np.log(1 - p))
    assert frame["loss"] == pytest.approx(loss, rel=1e-6)
    assert frame["right"] == np.count_nonzero((p > 0.5) == Y[:, 0])
    mesh = explorer.scene["panels"][0]["layers"][0]
    x, y = np.meshgrid(mesh["x"], mesh["y"])
    wanted = 1 / (1 + np.exp(-(w[0] * x + w[1] * y + b)))
    np.testing.assert_allclose(frame["cells"], wanted.ravel(), atol=0.5 / 254 + 1e-3)


def test_a_cell_names_the_likeliest_class_and_how_sure_it_is():
    out = np.array([[1.0, 0, 0], [0.4, 0.3, 0.3], [0, 1, 0], [0.1, 0.2, 0.7], [0, 0, 1]])
    np.testing.assert_allclose(train_network.shades(out), [0.2, 0.02, 0.6, 0.91, 1.0])
    np.testing.assert_allclose(train_network.shades(np.array([[0.25]])), [0.25])


def test_every_piece_agrees_with_single_runs(kind):
    explorer = TrainNetwork(*kind)
    for lr, beta in CORNERS:
        piece = explorer._piece_at(lr)
        for epoch in train_network.SNAPSHOTS:
            explorer.learning_rate, explorer.momentum, explorer.epoch = lr, beta, epoch
            frame, wanted = tables.frame(piece, explorer.settings), shown(explorer)
            assert frame.keys() == wanted.keys()
            for name, value in frame.items():
                np.testing.assert_array_equal(value, wanted[name], err_msg=name)


def test_the_curve_goes_through_the_loss_of_every_epoch(kind):
    explorer = TrainNetwork(*kind, learning_rate=0.3, momentum=0.5)
    for i, epoch in enumerate(train_network.EPOCHS[::6]):
        explorer.epoch = epoch
        frame = shown(explorer)
        assert frame["curve"][6 * i] == pytest.approx(frame["loss"], abs=0.002)


def test_what_travels_is_small_and_has_no_gap(kind):
    explorer = TrainNetwork(*kind)
    plane = explorer._packet(explorer._spanned(), explorer.settings)  # of all pieces
    cells = tables.unpack(plane["tables"]["cells"])
    assert cells.shape == (24, 8, 5, 576)
    assert np.isfinite(cells).all()
    assert tables.size(plane) <= 600_000


def test_a_page_has_a_picture_for_every_position(kind):
    bundle = exported.bundle(TrainNetwork(*kind), positions)
    axes, (cells,) = bundle["plane"]["axes"], [bundle["plane"]["tables"]["cells"]]
    assert cells["shape"] == [*map(len, axes.values()), 576]
    assert len(axes["epoch"]) >= 4
    assert {c["name"]: c["values"] for c in bundle["scene"]["controls"]} == axes


def test_an_epoch_between_positions_is_shown_itself():
    explorer = TrainNetwork(*KINDS["xor"], epoch=333)
    assert "epoch 333:" in explorer.status
    explorer.learning_rate = 0.123
    assert explorer.status.startswith("Learning rate 0.123, momentum 0, epoch 333: loss ")


def test_divergence_is_named_and_drawn():
    explorer = TrainNetwork(*KINDS["spiral"], learning_rate=100, momentum=0.99)
    frame = shown(explorer)
    assert f"diverged at epoch {frame['gone']:g}. Drawn is epoch {frame['drawn']:g}" in (
        explorer.status
    )
    assert frame["drawn"] < frame["gone"] < np.inf
    assert np.isfinite(frame["cells"]).all()
    top = explorer.scene["panels"][1]["y"]["high"]
    at = np.searchsorted(train_network.EPOCHS, frame["gone"])
    assert frame["curve"][at] > top  # leaves through the top,
    assert np.isnan(frame["curve"][at + 1 :]).all()  # and does not come back
    explorer.epoch = 0
    assert "diverged" not in explorer.status
    assert explorer.picture().startswith(b"\x89PNG")


def test_a_network_that_is_right_everywhere_is_said_to_be():
    explorer = TrainNetwork(*KINDS["xor"], learning_rate=1, momentum=0.9)
    assert explorer.status.endswith("all 4 points right.")
    explorer.epoch = 0
    assert "of 4 points right." in explorer.status


def test_the_first_picture_does_not_wait_for_the_plane(kind):
    explorer = TrainNetwork(*kind)
    data, _ = explorer._repr_mimebundle_()
    assert explorer.status in data["text/plain"]
    assert explorer.run and not explorer.plane and not explorer._pieces


def test_the_browser_is_sent_the_piece_it_asks_for():
    explorer = TrainNetwork(*KINDS["xor"])
    explorer._answer(None, {"piece": 2}, [])
    assert explorer.piece["axes"]["learning_rate"] == [2.0]
    assert explorer.piece["coarse"] == ["epoch"]
    first = explorer.piece
    explorer._answer(None, {"piece": 2}, [])  # a second view asks for the same
    assert explorer.piece != first
    assert explorer.piece["tables"] == first["tables"]


@pytest.mark.parametrize("name", KINDS)
def test_its_call_makes_the_same_picture(name):
    data, net = KINDS[name]
    explorer = TrainNetwork(data, net, seed=3, learning_rate=0.7, momentum=0.5, epoch=300)
    given = {"TrainNetwork": TrainNetwork, "mlp": mlp, "xor": xor, "two_clouds": two_clouds}
    again = eval(explorer.call, given | {"data": data})
    assert again.status == explorer.status
    assert again.picture() == explorer.picture()


def test_seed_and_params_decide_the_start():
    data, net = KINDS["xor"]
    one, two = (TrainNetwork(data, net, seed=seed, epoch=0) for seed in (0, 1))
    assert one.status != two.status
    same = TrainNetwork(data, net, params=net.init_params(1), epoch=0)
    assert same.status == two.status
    flat = TrainNetwork(data, net, params=np.zeros(17), epoch=0)
    assert "loss 0.6931" in flat.status


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"net": "2-4-1"}, TypeError, "net: expected a Network with two inputs"),
        ({"net": mlp([3, 1], ["sigmoid"])}, ValueError, "net: expected a Network with two inputs"),
        ({"net": mlp([2, 1], ["linear"])}, ValueError, "net: expected .* ends in a sigmoid"),
        ({"net": mlp([2, 5], ["softmax"])}, ValueError, "softmax with two to four"),
        ({"data": xor()[0]}, TypeError, r"data: expected a pair \(X, Y\)"),
        ({"data": spiral()}, ValueError, "Y: expected"),
        ({"seed": -1}, (TypeError, ValueError), "seed: expected"),
        ({"params": np.zeros(3)}, ValueError, "params: expected"),
        ({"learning_rate": 0}, ValueError, "learning_rate: expected a number from 0.001 to 100"),
        ({"momentum": 1.0}, ValueError, "momentum: expected a number from 0 to 0.99"),
        ({"epoch": 1001}, ValueError, "epoch: expected a whole number from 0 to 1000, got 1001"),
        ({"epoch": 2.5}, ValueError, "epoch: expected a whole number"),
        ({"epoch": "all"}, TypeError, "epoch: expected a whole number"),
        ({"rate": 1}, TypeError, "settings: expected learning_rate, momentum, epoch, got rate"),
    ],
)
def test_what_does_not_fit_is_refused(change, kind, message):
    given = {"data": xor(), "net": KINDS["xor"][1]} | change
    with pytest.raises(kind, match=message):
        TrainNetwork(given.pop("data"), given.pop("net"), **given)


def test_layers_of_ones_own_need_not_take_many_networks_at_once():
    class Centred(Activation):
        def value(self, z):
            return z - z.mean(axis=1, keepdims=True)

        def backward(self, params, cache, da):
            return da - da.mean(axis=1, keepdims=True), ()

    net, (X, Y) = Network(Dense(2, 4), Tanh(), Centred(), Dense(4, 1), Sigmoid()), xor()
    start = net.init_params(0)
    explorer = TrainNetwork((X, Y), net, learning_rate=1.0, epoch=300)
    run = minimize(net.objective(X, Y, "binary_cross_entropy"), start, SGD(1.0), 300)
    seen = shown(explorer)
    assert seen["right"] == ((net.predict(run.params[-1], X) > 0.5) == (Y > 0.5)).sum()
    answers = net.predict(run.params[-1], train_network.grid(X))[:, 0]
    np.testing.assert_allclose(np.ravel(seen["cells"]), answers, atol=0.01)
