"""Plans and walks: the same numbers as the readable path, and nothing of them seen outside."""

import numpy as np
import pytest

import course_lib as c
from course_lib import walks
from course_lib.layers import ACTIVATIONS
from course_lib.losses import LOSSES, WITH_LOGITS
from course_lib.plans import GradientPlan
from course_lib.updates import UpdatePlan

TOLERANCE = {np.float64: 1e-12, np.float32: 2e-6}
OPTIMIZERS = {
    "sgd": c.SGD(0.1),
    "momentum": c.SGD(0.1, 0.9),
    "ema": c.SGD(0.1, 0.9, ema=True),
    "nesterov": c.SGD(0.1, 0.9, nesterov=True),
    "rmsprop": c.RMSprop(0.01, 0.8, 1e-6),
    "adam": c.Adam(0.01),
    "adam without correction": c.Adam(0.01, 0.8, 0.9, bias_correction=False),
    "schedule": c.Adam(c.cosine_annealing(0.1, 5)),
}


def problem(activations, loss, dtype=np.float64, n_rows=7, soft=True, seed=0):
    """A network, params and data that suit a loss."""
    rng = np.random.default_rng(seed)
    net = c.mlp([3, 5, 4, 3], activations)
    params = net.init_params(rng) + 0.1 * rng.normal(size=net.n_params)
    X, Y = rng.normal(size=(n_rows, 3)), rng.dirichlet(np.ones(3), size=n_rows)
    if not soft:
        Y = np.eye(3)[Y.argmax(axis=1)]
    return net, *(array.astype(dtype) for array in (params, X, Y))


def fits(last, loss):
    """Whether a loss may follow an activation, and its logarithm stays a number."""
    if LOSSES[loss] in WITH_LOGITS:
        return last not in ("sigmoid", "softmax")
    return "cross_entropy" not in loss or last in ("sigmoid", "softmax")


PAIRS = [(last, loss) for last in ACTIVATIONS for loss in LOSSES if fits(last, loss)]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("soft", [True, False], ids=["soft labels", "hard labels"])
@pytest.mark.parametrize(("last", "loss"), PAIRS)
def test_every_loss_behind_every_activation(last, loss, soft, dtype):
    hidden = list(ACTIVATIONS)[list(LOSSES).index(loss)]
    net, params, X, Y = problem([last, hidden, last], loss, dtype, soft=soft)
    grad = np.empty_like(params)
    for rows in (slice(None), slice(4, 7)):
        x, y = X[rows], Y[rows]
        plan = GradientPlan(net, loss, params, grad, len(x))
        plan.load(x, y)
        for _ in range(2):  # a replay leaves nothing behind that would disturb the next
            value = plan.replay()
        expected, gradient = net.loss_and_grad(params, x, y, loss)
        assert value == pytest.approx(expected, rel=TOLERANCE[dtype])
        atol = TOLERANCE[dtype] * np.abs(gradient).max()
        np.testing.assert_allclose(grad, gradient, rtol=TOLERANCE[dtype], atol=atol)


@pytest.mark.parametrize(
    ("last", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
@pytest.mark.parametrize("size", [30.0, 1000.0])
def test_a_network_that_is_sure(last, loss, size):
    net = c.mlp([1, 2], [last])
    params, grad = np.array([size, -size, 0, 0]), np.empty(4)
    for Y in ([[0.0, 1.0]], [[1.0, 0.0]]):
        plan = GradientPlan(net, loss, params, grad, 1)
        with np.errstate(all="ignore"):
            plan.load(np.ones((1, 1)), np.array(Y))
            value = plan.replay()
        expected, gradient = net.loss_and_grad(params, np.ones((1, 1)), np.array(Y), loss)
        assert value == pytest.approx(expected, rel=1e-12, abs=1e-300)
        np.testing.assert_allclose(grad, gradient, rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize(
    ("z", "dtype", "clip"),
    [(-34.0, np.float64, 1e-15), (-37.0, np.float64, 1e-15), (-17.0, np.float32, 1e-7)],
)
def test_a_small_probability_keeps_its_digits(z, dtype, clip):
    net = c.mlp([1, 1], ["sigmoid"])
    params, grad = np.array([z, 0], dtype), np.empty(2, dtype)
    plan = GradientPlan(net, "cross_entropy", params, grad, 1)
    plan.load(np.ones((1, 1)), np.ones((1, 1)))
    p = 1 / (1 + np.exp(-z))
    assert plan.replay() == pytest.approx(-np.log(max(p, clip)), rel=1e-5)
    np.testing.assert_allclose(grad, -p / max(p, clip), rtol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_optimizer(name, dtype):
    optimizer, rng = OPTIMIZERS[name], np.random.default_rng(1)
    params = rng.normal(size=20).astype(dtype)
    mine, grad = params.copy(), np.empty_like(params)
    plan, state = UpdatePlan(optimizer, mine, grad), optimizer.init(params)
    for step in range(8):
        grad[...] = rng.normal(size=20)
        lr = plan.replay(step)
        plan.move()
        assert lr == optimizer.schedule(step)
        params, state = optimizer.step(params, grad, state)
        np.testing.assert_allclose(mine, params, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


def readable(objective):
    """The same objective, as a function that nothing is known about."""
    return lambda params, step: objective(params, step)


class Readable(c.Network):
    """The same network, as a learner's own."""


def same_history(one, other, rtol=1e-9):
    assert np.array_equal(one.diverged, other.diverged)
    assert np.array_equal(one.diverged_at, other.diverged_at)
    np.testing.assert_array_equal(one.steps, other.steps)
    for name in ("params", "loss", "lr", "grad_norm"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.shape == theirs.shape and mine.dtype == theirs.dtype, name
        np.testing.assert_allclose(mine, theirs, rtol=rtol, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("keep", [True, False, [0, 3, 9]])
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_minimize_walks_the_same_path(name, batch_size, keep):
    net, params, X, Y = problem(["tanh", "relu", "softmax"], "cross_entropy")
    objective = net.objective(X, Y, "cross_entropy", batch_size)
    assert walks.find(objective, params, OPTIMIZERS[name]) is not None
    same_history(
        c.minimize(objective, params, OPTIMIZERS[name], 10, keep),
        c.minimize(readable(objective), params, OPTIMIZERS[name], 10, keep),
    )


LRS = np.array([[0.001], [0.01], [0.06], [0.3], [7.0]])
BETAS = np.array([[0.0], [0.5], [0.9], [0.2], [0.7]])
GRIDS = {
    "sgd": c.SGD(LRS),
    "momentum": c.SGD(LRS, BETAS),
    "one rate": c.SGD(0.06, BETAS, nesterov=True),
    "adam": c.Adam(LRS, BETAS),
    "rmsprop": c.RMSprop(c.step_decay(LRS, every=3), BETAS),
}


@pytest.mark.parametrize("keep", [True, False, [0, 3, 9]])
@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize(
    "landscape", [c.x_squared, c.rosenbrock, c.bumpy_bowl(0.3)], ids=lambda hill: hill.name
)
def test_runs_on_a_landscape_walk_the_same_path(landscape, name, keep):
    start = np.tile(landscape.start, (5, 1)) * np.linspace(0.8, 1.2, 5)[:, None]
    assert walks.find(landscape, start, GRIDS[name]) is not None
    same_history(
        c.minimize(landscape, start, GRIDS[name], 40, keep),
        c.minimize(readable(landscape), start, GRIDS[name], 40, keep),
        rtol=1e-7,
    )


@pytest.mark.parametrize("keep", [True, False, [0, 3, 9]])
@pytest.mark.parametrize("lr", [0.001, 0.3, 1.0, 1e300])
def test_a_single_run_on_a_landscape_walks_the_same_path_and_ends_alike(lr, keep, monkeypatch):
    monkeypatch.setattr(walks, "CHUNK", 12)  # several chunks, the last of them shorter
    for landscape in (c.quartic, c.rosenbrock):
        same_history(
            c.minimize(landscape, landscape.start, c.SGD(lr, 0.5), 40, keep),
            c.minimize(readable(landscape), landscape.start, c.SGD(lr, 0.5), 40, keep),
        )


def test_runs_that_diverge_in_different_chunks(monkeypatch):
    monkeypatch.setattr(walks, "CHUNK", 20)
    start = np.full((4, 1), 5.0)
    for lrs in ([1.5, 0.1, 1.05, 2.0], [1.5, 3.0, 1.3, 2.0]):
        optimizer = c.SGD(np.reshape(lrs, (4, 1)))
        same_history(
            c.minimize(c.x_squared, start, optimizer, 60),
            c.minimize(readable(c.x_squared), start, optimizer, 60),
        )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("clip", [None, c.clip_by_norm(0.1)], ids=["", "clipped"])
def test_train_walks_the_same_path(name, batch_size, clip, dtype):
    net, params, X, Y = problem(["tanh", "silu", "softmax"], "cross_entropy", dtype)
    options = {
        "data": (X, Y),
        "loss": "cross_entropy",
        "optimizer": OPTIMIZERS[name],
        "epochs": 4,
        "batch_size": batch_size,
        "validation": (X, Y),
        "clip": clip,
        "metrics": ["accuracy", "grad_norm"],
    }
    assert walks.find_training(net, params, X, Y, "cross_entropy", OPTIMIZERS[name]) is not None
    one = c.train(net, params, **options)
    other = c.train(Readable(*net.layers), params, **options)
    rtol = 1e-9 if dtype is np.float64 else 1e-4
    for name in set(vars(other)) - {"epoch_seconds", "best_epoch", "stopped_epoch"}:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=rtol, atol=rtol)


@pytest.mark.parametrize("lr", [1e3, 1e200, 1e308])
@pytest.mark.parametrize("batch_size", [None, 3])
def test_training_that_diverges_ends_alike(lr, batch_size):
    net, params, X, Y = problem(["relu", "relu", "linear"], "mse")
    one, other = (
        c.train(kind, params, (X, Y), "mse", c.SGD(lr), 20, batch_size)
        for kind in (net, Readable(*net.layers))
    )
    assert one.diverged and other.diverged
    assert len(one.train_loss) == len(other.train_loss)
    np.testing.assert_allclose(one.params, other.params, rtol=1e-9)
    np.testing.assert_allclose(one.train_loss, other.train_loss, rtol=1e-9)


def test_a_schedule_is_asked_only_for_steps_that_are_taken():
    net, params, X, Y = problem(["tanh", "tanh", "softmax"], "cross_entropy")
    for objective in (c.quartic, net.objective(X, Y, "cross_entropy")):
        start = params if objective is not c.quartic else objective.start
        rates = [0.03, 0.02, 0.01]  # one too few for a step after the last
        for ask in (objective, readable(objective)):
            assert c.minimize(ask, start, c.SGD(rates.__getitem__), 3).lr.tolist() == rates


def refilled(rates):
    """A schedule that always returns one and the same array."""
    array = np.empty_like(rates(0))

    def schedule(step):
        array[...] = rates(step)
        return array

    return schedule


TWO_RATES = np.array([[0.01], [0.02]])
SCHEDULES = {
    "lists": lambda k: [[0.01], [0.02]],
    "whole numbers": lambda k: 1,
    "views": lambda k: TWO_RATES[:, :1],
    "one array, refilled": refilled(lambda k: TWO_RATES / (1 + k)),
    "one number, refilled": refilled(lambda k: np.array(0.01 / (1 + k))),
    "one rate, then two": lambda k: TWO_RATES if k else 0.01,
    "two rates, then one": lambda k: 0.01 if k else TWO_RATES,
}
SHARED_RATES = {
    "sgd": c.SGD,
    "ema": lambda lr: c.SGD(lr, 0.9, ema=True),
    "rmsprop": c.RMSprop,
    "adam": c.Adam,
    "adam without correction": lambda lr: c.Adam(lr, bias_correction=False),
}


@pytest.mark.parametrize("kind", SHARED_RATES)
@pytest.mark.parametrize("name", SCHEDULES)
def test_whatever_a_schedule_returns(name, kind):
    place, start = c.ravine(10), np.array([[1.0, 1.0], [2.0, -1.0]])
    optimizer = SHARED_RATES[kind](SCHEDULES[name])
    one = c.minimize(place, start, optimizer, 5)
    same_history(one, c.minimize(readable(place), start, optimizer, 5))
    for k in range(0 if one.diverged.any() else 5):  # nothing is known after the end
        np.testing.assert_array_equal(one.lr[k], np.ravel(SCHEDULES[name](k)) * [1, 1])


@pytest.mark.parametrize("late", [None, "fast", [[0.1], [0.2], [0.3]], [0.1, 0.2], [[0.1], []]])
def test_a_schedule_that_goes_wrong_later_on(late):
    start = np.array([[1.0, 1.0], [2.0, -1.0]])
    for kind in SHARED_RATES.values():
        for place in (c.ravine(10), readable(c.ravine(10))):
            with pytest.raises((TypeError, ValueError), match=r"lr of optimizer.step\(.*expected"):
                c.minimize(place, start, kind(lambda k: late if k > 1 else 0.1), 5)


class OwnTanh(c.Tanh):
    pass


class OwnSGD(c.SGD):
    pass


def own_loss(out, Y):
    return c.mse(out, Y)


def patched(part):
    """A network in which a method is replaced, of its own or of a layer."""
    net = c.Network(c.Dense(1, 2), c.Tanh())
    if part == "network":
        net.loss_and_grad = lambda params, X, Y, loss: (0.0, 0 * params)
    else:
        net.layers[1].slope = lambda z, a: 1.0
    return net


@pytest.mark.parametrize(
    "changes",
    [
        {"net": Readable(c.Dense(1, 2), c.Tanh())},
        {"net": c.Network(c.Dense(1, 2), OwnTanh())},
        {"net": c.Network(c.Dense(1, 2), c.Dense(2, 2))},
        {"net": c.Network(c.Dense(1, 2), c.Tanh(), c.Tanh())},
        {"net": patched("network")},
        {"net": patched("layer")},
        {"loss": own_loss},
        {"optimizer": OwnSGD(0.1)},
        {"params": np.zeros((3, 4))},
        {"params": np.zeros(4, np.float32)},
    ],
    ids=lambda changes: str(*changes),
)
def test_what_is_not_of_this_library_takes_the_readable_path(changes):
    usual = {
        "net": c.Network(c.Dense(1, 2), c.Tanh()),
        "params": np.zeros(4),
        "X": np.ones((3, 1)),
        "Y": np.ones((3, 2)),
        "loss": "mse",
        "optimizer": c.SGD(0.1),
    }
    assert walks.find_training(**usual) is not None
    assert walks.find_training(**usual | changes) is None


def test_what_minimize_and_train_return_never_changes_afterwards():
    net, params, X, Y = problem(["tanh", "tanh", "softmax"], "cross_entropy")
    objective, before = net.objective(X, Y, "cross_entropy"), params.copy()
    first = c.minimize(objective, params, c.SGD(0.1), 5)
    kept = first.params.copy()
    clipped = []
    history = c.train(
        net, params, (X, Y), "cross_entropy", c.SGD(0.1), 3, clip=lambda g: clipped.append(g) or g
    )
    c.minimize(objective, params, c.SGD(0.1), 5)
    np.testing.assert_array_equal(params, before)
    np.testing.assert_array_equal(first.params, kept)
    np.testing.assert_allclose(history.params, kept[3], rtol=1e-12)
    for step, grad in enumerate(clipped):
        np.testing.assert_allclose(grad, objective(kept[step])[1], rtol=1e-9, atol=1e-15)


def test_a_plan_can_be_read():
    net = c.mlp([2, 3, 1], ["relu", "linear"])
    plan = GradientPlan(net, "mse", net.init_params(0), np.empty(net.n_params), 4)
    lines = str(plan).splitlines()
    assert lines[1] == "2  A1 = max(0, Z1)                     maximum"
    assert lines[-1] == "9  dW1 = A0 dZ1ᵀ                       dot"
