"""``train``: the same path as ``minimize``, and what it adds, each held to its promise."""

import warnings

import numpy as np
import pytest
from golden_numbers import golden, loss_name
from hypothesis import given, settings
from hypothesis import strategies as st

import course_lib as c

TRAINING = golden("training")
OPTIMIZERS = {
    "gd": c.SGD,
    "momentum_classical": lambda lr, beta: c.SGD(lr, beta),
    "nesterov": lambda lr, beta: c.SGD(lr, beta, nesterov=True),
    "rmsprop": c.RMSprop,
    "adam": c.Adam,
}
NET = c.mlp([4, 6, 3], ["tanh", "softmax"])
X, Y = c.learnable_labels(0, 60)
DATA, VALIDATION = (X[:40], Y[:40]), (X[40:], Y[40:])
START = NET.init_params(1)


def fit(**changes):
    """A short training, but for ``changes``."""
    arguments = {
        "net": NET,
        "params": START,
        "data": DATA,
        "loss": "cross_entropy",
        "optimizer": c.SGD(0.2),
        "epochs": 5,
    }
    return c.train(**arguments | changes)


def loss_of(params, data, net=NET, loss="cross_entropy"):
    return net.loss_and_grad(params, *data, loss)[0]


@pytest.mark.parametrize("run", TRAINING["runs"], ids=lambda run: run["name"])
def test_golden_training_curves(run):
    data, start = TRAINING["data"][run["data"]], TRAINING["init"][run["init"]]
    net = c.mlp(run["sizes"], run["activations"])
    params = net.pack([np.array(W) for W in start["W"]], [np.array(b) for b in start["b"]])
    history = c.train(
        net,
        params,
        (data["X"], data["T"]),
        loss_name(run["loss"]),
        OPTIMIZERS[run["optimizer"]](**run["hyper"]),
        epochs=run["curve"][-1]["epoch"] + 1,
        metrics=["accuracy"],
    )
    for point in run["curve"]:
        drift = max(1e-9, 100 * point["numpy_abs_diff"])
        assert history.train_loss[point["epoch"]] == pytest.approx(point["loss"], abs=drift)
        assert history.train_accuracy[point["epoch"]] == pytest.approx(point["accuracy"])


@pytest.mark.parametrize("optimizer", [c.SGD(0.2, 0.9), c.Adam(0.01), c.RMSprop(0.01)])
def test_a_full_batch_takes_the_path_of_minimize(optimizer):
    history = fit(optimizer=optimizer)
    same = c.minimize(NET.objective(*DATA, "cross_entropy"), START, optimizer, 5)
    np.testing.assert_array_equal(history.train_loss, same.loss[:-1])
    np.testing.assert_array_equal(history.params, same.params[-1])
    np.testing.assert_array_equal(history.lr, same.lr)
    for size in (None, 40):
        np.testing.assert_array_equal(
            fit(optimizer=optimizer, batch_size=size).params, history.params
        )


@settings(max_examples=25)
@given(size=st.integers(1, 40), seed=st.integers(0, 1000), loss=st.sampled_from(["mse", "rss"]))
def test_mini_batches_take_the_path_of_minimize_on_a_batched_objective(size, seed, loss):
    optimizer = c.SGD(0.01, 0.5)
    history = fit(batch_size=size, seed=seed, loss=loss, optimizer=optimizer, epochs=2)
    sizes = [min(size, 40 - first) for first in range(0, 40, size)]
    objective = NET.objective(*DATA, loss, size, seed)
    same = c.minimize(objective, START, optimizer, 2 * len(sizes))
    np.testing.assert_array_equal(history.params, same.params[-1])
    losses = same.loss[:-1].reshape(2, -1)
    total = losses.sum(axis=1) if loss == "rss" else losses @ sizes / 40
    np.testing.assert_allclose(history.train_loss, total, rtol=1e-12)


def test_the_order_of_the_samples_follows_the_seed():
    losses = [fit(batch_size=8, seed=seed).train_loss for seed in (0, 0, 1)]
    np.testing.assert_array_equal(losses[0], losses[1])
    assert (losses[0] != losses[2]).any()


def test_validation_looks_on_and_changes_nothing():
    watched = fit(batch_size=8, validation=VALIDATION, metrics=["accuracy", "grad_norm"])
    alone = fit(batch_size=8)
    np.testing.assert_array_equal(watched.params, alone.params)
    np.testing.assert_array_equal(watched.train_loss, alone.train_loss)
    for epoch in range(5):
        params = fit(batch_size=8, epochs=epoch + 1).params
        assert watched.val_loss[epoch] == loss_of(params, VALIDATION)
        said = NET.predict(params, VALIDATION[0]).argmax(axis=1)
        assert watched.val_accuracy[epoch] == (said == VALIDATION[1].argmax(axis=1)).mean()
    with pytest.raises(AttributeError, match="no 'val_loss'; it has .*train_loss"):
        _ = alone.val_loss


def test_metrics_are_taken_on_the_batches_before_their_updates_and_before_clipping():
    history = fit(
        batch_size=16,
        epochs=1,
        clip=c.clip_by_norm(1e-3),
        metrics=["accuracy", "grad_norm"],
        seed=3,
    )
    params, right, norms = START, 0, []
    rows = np.random.default_rng([3, 0]).permutation(40)
    for batch in (rows[:16], rows[16:32], rows[32:]):
        x, y = DATA[0][batch], DATA[1][batch]
        right += (NET.predict(params, x).argmax(axis=1) == y.argmax(axis=1)).sum()
        grad = NET.loss_and_grad(params, x, y, "cross_entropy")[1]
        norms.append(np.linalg.norm(grad))
        params = params - 0.2 * grad / norms[-1] * 1e-3
    assert history.train_accuracy[0] == pytest.approx(right / 40)
    assert history.grad_norm[0] == pytest.approx(np.mean(norms))
    np.testing.assert_allclose(history.params, params, rtol=1e-12)


@pytest.mark.parametrize(
    ("loss", "out", "expected"),
    [
        ("binary_cross_entropy", [[0.6], [0.4], [0.9], [0.5]], 0.75),
        ("mse", [[0.6], [0.4], [0.9], [0.5]], 0.75),
        ("binary_cross_entropy_with_logits", [[0.6], [0.4], [0.3], [-0.1]], 0.5),
    ],
)
def test_what_counts_as_a_right_answer(loss, out, expected):
    class Fixed:
        n_params = 1

        def predict(self, params, X):
            return np.array(out)

        def loss_and_grad(self, params, X, Y, loss):
            return 1.0, np.zeros(1)

    data = (np.zeros((4, 1)), np.array([[1], [0], [1], [1]]))
    history = c.train(Fixed(), [0.0], data, loss, c.SGD(0.1), 1, None, data, metrics=["accuracy"])
    assert history.train_accuracy[0] == history.val_accuracy[0] == expected


def test_a_single_class_is_always_right():
    net, data = c.mlp([2, 1], ["softmax"]), (np.array([[1.0, 0.0], [0.0, 1.0]]), np.ones((2, 1)))
    start = np.array([2.0, -2.0, 0.0])
    history = c.train(
        net, start, data, "cross_entropy", c.SGD(0.1), 1, validation=data, metrics=["accuracy"]
    )
    assert history.train_accuracy[0] == history.val_accuracy[0] == 1


@settings(max_examples=20)
@given(patience=st.integers(1, 6), lr=st.sampled_from([0.1, 1.0, 4.0]), seed=st.integers(0, 50))
def test_early_stopping_gives_back_the_best_params(patience, lr, seed):
    free = fit(epochs=12, batch_size=8, optimizer=c.SGD(lr), seed=seed, validation=VALIDATION)
    stopping = c.EarlyStopping(patience)
    history = fit(
        epochs=12,
        batch_size=8,
        optimizer=c.SGD(lr),
        seed=seed,
        validation=VALIDATION,
        early_stopping=stopping,
    )
    n = len(history.val_loss)
    np.testing.assert_array_equal(history.val_loss, free.val_loss[:n])
    assert history.best_epoch == np.argmin(history.val_loss)
    assert loss_of(history.params, VALIDATION) == history.val_loss.min()
    if history.stopped_epoch is None:
        assert n == 12
    else:
        assert history.stopped_epoch == n - 1 == history.best_epoch + patience
    assert stopping.best_epoch is None and stopping.best_params is None  # a copy was used


def test_early_stopping_of_ones_own():
    class Third:
        best_params = best_epoch = None

        def update(self, epoch, val_loss, params):
            return epoch == 2

    history = fit(validation=VALIDATION, early_stopping=Third())
    assert history.stopped_epoch == 2 and history.best_epoch is None
    np.testing.assert_array_equal(history.params, fit(epochs=3).params)


@pytest.mark.parametrize("lr", [1e3, 1e200, 1e308])
@pytest.mark.parametrize("batch_size", [None, 8])
def test_divergence_ends_training_with_the_last_finite_params(lr, batch_size):
    net = c.mlp([4, 6, 3], ["relu", "linear"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        history = fit(
            net=net,
            loss="mse",
            optimizer=c.SGD(lr),
            epochs=50,
            batch_size=batch_size,
            validation=VALIDATION,
            metrics=["grad_norm"],
        )
    assert history.diverged is True and "diverged" in repr(history)
    assert np.isfinite(history.params).all()
    n = len(history.train_loss)
    assert n < 50
    curves = (history.val_loss, history.lr, history.grad_norm, history.epoch_seconds)
    assert all(len(curve) == n for curve in curves)


def test_training_that_does_not_diverge_says_so():
    assert fit().diverged is False and fit().stopped_epoch is None


def test_an_update_beyond_all_numbers_is_undone():
    class InPlace:
        def init(self, params):
            return None

        def step(self, params, grad, state):
            params -= np.inf * grad
            return params, state

    history = fit(optimizer=InPlace(), epochs=1)
    assert history.diverged
    np.testing.assert_array_equal(history.params, START)


def test_float32_stays_float32():
    single = [np.asarray(part, np.float32) for part in DATA]
    params = START.astype(np.float32)
    for optimizer in (c.SGD(np.float64(0.1), 0.9), c.Adam(0.01), c.RMSprop(0.01)):
        history = fit(params=params, data=single, optimizer=optimizer, clip=c.clip_by_norm(1.0))
        assert history.params.dtype == np.float32
    assert fit(params=params).params.dtype == np.float64
    seen = []

    class Spy(c.Network):
        def loss_and_grad(self, params, X, Y, loss):
            seen.append({params.dtype, X.dtype, Y.dtype})
            return super().loss_and_grad(params, X, Y, loss)

    fit(net=Spy(*NET.layers), params=params, data=single, batch_size=7)
    assert all(kinds == {np.dtype(np.float32)} for kinds in seen)


def test_a_schedule_counts_updates_or_epochs():
    rate = c.exponential_decay(0.1)
    by_update = fit(optimizer=c.SGD(rate), batch_size=16).lr
    np.testing.assert_allclose(by_update, [rate(3 * epoch + 2) for epoch in range(5)])
    by_epoch = fit(optimizer=c.SGD(c.per_epoch(rate, 3)), batch_size=16).lr
    np.testing.assert_allclose(by_epoch, [rate(epoch) for epoch in range(5)])


def test_a_learners_own_network_loss_and_optimizer_will_do():
    class Line:
        def predict(self, params, X):
            return X * params[0] + params[1]

        def loss_and_grad(self, params, X, Y, loss):
            value, slope = loss(self.predict(params, X), Y)
            return value, [(X * slope).sum(), slope.sum()]

    def squared(out, Y):
        return ((out - Y) ** 2).mean(), 2 * (out - Y) / len(Y)

    class Plain:
        def init(self, params):
            return None

        def step(self, params, grad, state):
            return list(params - 0.2 * grad), state

    X = np.linspace(-1, 1, 9)[:, None]
    history = c.train(Line(), [0.0, 0.0], (X, 3 * X + 1), squared, Plain(), 300)
    np.testing.assert_allclose(history.params, [3, 1], atol=1e-6)
    assert np.isnan(history.lr).all()


def test_nothing_that_was_handed_in_changes():
    data = tuple(part.copy() for part in DATA)
    params = START.copy()
    fit(data=data, params=params, batch_size=7, validation=VALIDATION)
    np.testing.assert_array_equal(params, START)
    for now, before in zip(data, DATA, strict=True):
        np.testing.assert_array_equal(now, before)


def test_random_labels_are_remembered_not_learned():
    X, Y = c.random_labels(42)
    net = c.mlp([4, 16, 8, 3], ["relu", "relu", "softmax"])
    history = c.train(
        net,
        net.init_params(0),
        (X[:400], Y[:400]),
        "cross_entropy",
        c.SGD(0.1),
        epochs=100,
        batch_size=32,
        validation=(X[400:], Y[400:]),
        metrics=["accuracy"],
    )
    assert 0.45 < history.train_accuracy[-1] < 0.6
    assert history.val_loss[-1] > history.val_loss.min() + 0.02
    assert history.val_loss.min() > 1.05 and history.val_accuracy[-1] < 0.5


def test_the_network_reads_real_digits():
    training, validation = c.digits()
    net = c.mlp([64, 32, 10], ["relu", "softmax"])
    history = c.train(
        net,
        net.init_params(0),
        training,
        "cross_entropy",
        c.Adam(0.003),
        epochs=15,
        batch_size=32,
        validation=validation,
    )
    assert history.val_accuracy[-1] > 0.95
