"""The finder's explorer: its sweep, and one short training after the other, against `train`."""

import numpy as np
import pytest

import course_lib as c
from course_lib import widgets
from course_lib.widgets import LearningRateFinder, learning_rate_finder, tables

DIGITS = c.digits()[0]
READER = c.mlp([64, 32, 10], ["relu", "softmax"])
SMALL = c.mlp([4, 16, 8, 3], ["relu", "relu", "softmax"]), c.learnable_labels(42)
LINE = c.mlp([1, 8, 1], ["relu", "linear"]), (np.linspace(-1, 1, 20)[:, None],) * 2


def frame(explorer):
    return tables.frame(explorer._run_at(explorer.settings), explorer.settings)


@pytest.fixture(scope="module")
def reader():
    explorer = LearningRateFinder(READER, DIGITS)
    explorer._show()
    return explorer


@pytest.mark.parametrize("lr", [0.001, 0.1, 0.5, 1.0])
def test_a_training_is_that_of_train(reader, lr):
    curve = tables.frame(reader.plane, {"learning_rate": lr})["curve"]
    run = c.train(READER, READER.init_params(0), DIGITS, "cross_entropy", c.SGD(lr), 2, 32)
    sizes = np.array([32] * 44 + [1437 - 44 * 32])
    for epoch in range(2):
        batches = curve[45 * epoch : 45 * (epoch + 1)]
        mean = (sizes * batches).sum() / 1437
        assert mean == pytest.approx(run.train_loss[epoch], rel=1e-3)
    reader.learning_rate = lr
    end = curve[-10:].mean()
    assert f" to {end:.2g} in 100 steps" in reader.status


def test_the_sweep_is_that_of_the_library(reader):
    start = READER.init_params(0)
    found = c.find_learning_rate(
        READER, start, DIGITS, "cross_entropy", c.SGD, 1e-4, 100, batch_size=32, seed=0
    )
    raw, smoothed, *_ = reader.scene["panels"][0]["layers"]
    np.testing.assert_allclose(raw["x"], found.lrs, rtol=1e-4)
    np.testing.assert_allclose(raw["y"], found.losses, rtol=1e-4)
    np.testing.assert_allclose(smoothed["y"], found.smoothed, rtol=1e-4)
    packet = reader._run_at(reader.settings)
    note = packet["notes"]["learning_rate"]
    assert f"falls fastest at {found.suggestion:.2g};" in note
    assert f"blew up is {found.blow_up / 10:.2g}." in note
    marked = frame(reader)["found"]
    np.testing.assert_allclose(marked, [found.suggestion, found.blow_up / 10], rtol=0.05)


def test_the_squares_show_a_valley_around_the_suggestion(reader):
    table = reader.plane["tables"]["end"]
    ends, rates = tables.unpack(table), np.array(reader.plane["axes"]["learning_rate"])
    best = rates[ends.argmin()]
    assert 0.5 < best / frame(reader)["found"][0] < 2
    assert ends[0] > 5 * ends.min() and ends[-1] > 5 * ends.min()


@pytest.mark.parametrize(
    ("subject", "lr", "words"),
    [
        ((READER, DIGITS), 0.001, "hardly moved: the loss went from 2.3 to 2.3 in 100 steps."),
        ((READER, DIGITS), 0.1, "the loss fell from 2.3 to "),
        ((READER, DIGITS), 10, "too large: the loss jumped from 2.3 to "),
        (SMALL, 4, "rough: the loss jumped from 1.7 to "),
        (LINE, 10, "diverged at step 2."),
    ],
)
def test_status_names_what_happened(subject, lr, words):
    explorer = LearningRateFinder(*subject, learning_rate=lr)
    assert explorer.status.startswith(f"Learning rate {lr:g}: {words}")
    assert explorer.picture().startswith(b"\x89PNG")


def test_what_diverges_leaves_through_the_top_and_diverges_alone_too():
    explorer = LearningRateFinder(*LINE, learning_rate=10)
    explorer._show()
    net, (X, Y) = LINE
    for lr in explorer.plane["axes"]["learning_rate"]:
        objective = net.objective(X, Y, "mse", batch_size=20, seed=0)
        alone = c.minimize(objective, net.init_params(0), c.SGD(lr), 100)
        curve = tables.frame(explorer.plane, {"learning_rate": lr})["curve"]
        explorer.learning_rate = lr
        assert (f"diverged at step {alone.diverged_at}." in explorer.status) == alone.diverged
        if alone.diverged:
            assert np.isnan(curve[-1])
            assert np.nanmax(curve) > explorer.scene["panels"][1]["y"]["high"]


def test_the_loss_follows_from_the_last_layer():
    nets = {
        "cross_entropy": c.mlp([2, 3], ["softmax"]),
        "binary_cross_entropy": c.mlp([2, 1], ["sigmoid"]),
        "mse": c.mlp([2, 1], ["tanh"]),
    }
    for name, net in nets.items():
        assert learning_rate_finder.loss_of(net) == name
    X, Y = c.two_clouds(seed=1)
    squares = LearningRateFinder(nets["binary_cross_entropy"], (X, Y), loss="mse")
    value, _ = nets["binary_cross_entropy"].loss_and_grad(
        nets["binary_cross_entropy"].init_params(0), X, Y, "mse"
    )
    assert frame(squares)["curve"][0] == pytest.approx(value, rel=0.4)
    assert "loss='mse', " in squares.call


def test_little_data_makes_one_batch():
    explorer = LearningRateFinder(c.mlp([2, 4, 1], ["tanh", "sigmoid"]), c.xor(), learning_rate=4)
    assert "the loss fell from 0.71 to" in explorer.status


def test_mistakes_are_named():
    net, data = SMALL
    with pytest.raises(TypeError, match="net: expected a network"):
        LearningRateFinder("net", data)
    with pytest.raises(TypeError, match=r"data: expected .*\(X, Y\)"):
        LearningRateFinder(net, 3)
    with pytest.raises(ValueError, match="X: expected"):
        LearningRateFinder(net, c.xor())
    with pytest.raises(ValueError, match="loss: expected"):
        LearningRateFinder(net, data, loss="absolute")
    with pytest.raises((TypeError, ValueError), match="seed: expected"):
        LearningRateFinder(net, data, seed=-1)
    with pytest.raises(ValueError, match="learning_rate: expected a number from 0.001 to 10"):
        LearningRateFinder(net, data, learning_rate=20)
    with pytest.raises(TypeError, match="expected learning_rate, got lr"):
        LearningRateFinder(net, data, lr=0.1)


def test_slider_positions(reader):
    rates = reader.plane["axes"]["learning_rate"]
    assert len(rates) >= 24
    assert {0.001, 0.01, 0.1, 0.5, 1.0, 3.0, 10.0} <= set(rates)
    assert tables.size(reader.plane) <= 20_000


def test_the_line_to_copy_shows_the_picture_again():
    net, data = SMALL
    one = LearningRateFinder(net, data, seed=3, learning_rate=0.3)
    again = eval(one.call, vars(widgets) | {"net": net, "data": data})
    assert (again.settings, again.status) == (one.settings, one.status)


def test_a_network_of_ones_own_need_not_take_many_runs_at_once():
    class Decay(c.Network):
        def loss_and_grad(self, params, X, Y, loss):
            value, grad = super().loss_and_grad(params, X, Y, loss)
            return value + 0 * (params @ params), grad + 0 * params

    net, data = c.mlp([2, 4, 1], ["tanh", "sigmoid"]), c.two_clouds()

    def loss(out, Y):
        return float(((out - Y) ** 2).mean()), 2 * (out - Y) / Y.size

    known = frame(LearningRateFinder(net, data, "mse", learning_rate=1.0))
    for one, its_loss in ((Decay(*net.layers), "mse"), (net, loss)):
        own = frame(LearningRateFinder(one, data, its_loss, learning_rate=1.0))
        for name in ("curve", "outcome", "gone", "after"):
            np.testing.assert_allclose(own[name], known[name], rtol=1e-9, err_msg=name)
    lines = c.Network(c.Dense(1, 1)), Decay(c.Dense(1, 1))
    known, own = (frame(LearningRateFinder(one, LINE[1], learning_rate=10.0)) for one in lines)
    assert own["gone"] == known["gone"] > 0
