"""SGD against golden trajectories, PyTorch where it is installed, and its own stacked runs."""

import pickle

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

LANDSCAPES = {"quad10": c.ravine(10), "quad100": c.ravine(100), "rosenbrock": c.rosenbrock}


class Adagrad:
    """A learner's own optimizer: two methods, and ``minimize`` takes it."""

    def __init__(self, lr, eps):
        self.lr, self.eps = lr, eps

    def init(self, params):
        return np.zeros_like(params)

    def step(self, params, grad, square):
        square = square + grad**2
        return params - self.lr * grad / (np.sqrt(square) + self.eps), square


class RMSpropEpsInside:
    """RMSprop as some texts print it, with eps inside the root."""

    def __init__(self, lr, beta, eps):
        self.lr, self.beta, self.eps = lr, beta, eps

    def init(self, params):
        return np.zeros_like(params)

    def step(self, params, grad, square):
        square = self.beta * square + (1 - self.beta) * grad**2
        return params - self.lr * grad / np.sqrt(square + self.eps), square


# Their names for our optimizers. "lr inside" takes the same path while the rate stays the same.
FORMS = {
    "gd": lambda lr: c.SGD(lr),
    "momentum_classical": lambda lr, beta: c.SGD(lr, beta),
    "momentum_lr_inside": lambda lr, beta: c.SGD(lr, beta),
    "momentum_ema": lambda lr, beta: c.SGD(lr, beta, ema=True),
    "nesterov": lambda lr, beta: c.SGD(lr, beta, nesterov=True),
    "rmsprop_eps_outside": c.RMSprop,
    "rmsprop_eps_inside": RMSpropEpsInside,
    "adam": c.Adam,
    "adam_no_bias_correction": lambda **hyper: c.Adam(**hyper, bias_correction=False),
    "adagrad": Adagrad,
}
RUNS = [run for run in golden("optimizers")["runs"] if run["algorithm"] in FORMS]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run['problem']}-{run['algorithm']}")
def test_golden_trajectories(run):
    optimizer = FORMS[run["algorithm"]](**run["hyper"])
    history = c.minimize(LANDSCAPES[run["problem"]], run["start"], optimizer, 50)
    np.testing.assert_allclose(history.params, run["trajectory"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(history.loss[::10], run["loss_every_10"], rtol=1e-9, atol=1e-12)


def test_every_golden_trajectory_is_checked():
    # All but the look-ahead form, which has a test of its own below.
    assert len(RUNS) == 30 and len(golden("optimizers")["runs"]) == 33


@pytest.mark.parametrize("problem", LANDSCAPES)
def test_nesterov_is_the_look_ahead_form_seen_from_another_place(problem):
    runs = {r["algorithm"]: r for r in golden("optimizers")["runs"] if r["problem"] == problem}
    look_ahead = runs["nesterov_lookahead"]
    lr, beta = look_ahead["hyper"]["lr"], look_ahead["hyper"]["beta"]
    optimizer, landscape = c.SGD(lr, beta, nesterov=True), LANDSCAPES[problem]
    params = np.array(look_ahead["start"])
    state = optimizer.init(params)
    for theta in look_ahead["trajectory"]:
        np.testing.assert_allclose(params + lr * beta * state.velocity, theta, atol=1e-10)
        params, state = optimizer.step(params, landscape(params)[1], state)


THEIRS = {
    "heavy ball": (c.SGD(0.03, 0.85), "SGD", {"lr": 0.03, "momentum": 0.85}),
    "nesterov": (
        c.SGD(0.03, 0.85, nesterov=True),
        "SGD",
        {"lr": 0.03, "momentum": 0.85, "nesterov": True},
    ),
    "rmsprop": (c.RMSprop(0.05, 0.8), "RMSprop", {"lr": 0.05, "alpha": 0.8, "eps": 1e-8}),
    "adam": (c.Adam(0.2, 0.8, 0.95), "Adam", {"lr": 0.2, "betas": (0.8, 0.95)}),
}


@pytest.mark.parametrize("name", THEIRS)
def test_torch_takes_the_same_path(name):
    torch = pytest.importorskip("torch")
    ours, kind, options = THEIRS[name]
    params = torch.tensor([4.0, 3.0], dtype=torch.float64, requires_grad=True)
    theirs = getattr(torch.optim, kind)([params], **options)
    for place in c.minimize(c.ellipse, [4.0, 3.0], ours, 40).params:
        np.testing.assert_allclose(place, params.detach().numpy(), rtol=1e-11, atol=1e-12)
        theirs.zero_grad()
        (params[0] ** 2 + 2 * params[1] ** 2).backward()
        theirs.step()


GRIDS = {
    "heavy ball": c.SGD,
    "ema": lambda lr, beta: c.SGD(lr, beta, ema=True),
    "nesterov": lambda lr, beta: c.SGD(lr, beta, nesterov=True),
    "rmsprop": c.RMSprop,
    "adam": c.Adam,
    "adam, cosine": lambda lr, beta: c.Adam(c.cosine_annealing(lr, 40), beta),
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_of_runs_equals_its_single_runs(name):
    lr, beta = np.meshgrid([0.01, 0.1, 0.6], [0.0, 0.5, 0.9])
    lr, beta = lr.reshape(-1, 1), beta.reshape(-1, 1)
    starts = np.tile([4.0, 3.0], (9, 1))
    grid = c.minimize(c.ellipse, starts, GRIDS[name](lr, beta), 60)
    for run in range(9):
        optimizer = GRIDS[name](float(lr[run, 0]), float(beta[run, 0]))
        single = c.minimize(c.ellipse, starts[run], optimizer, 60)
        n = len(single.loss)
        np.testing.assert_allclose(grid.params[:n, run], single.params, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(grid.loss[:n, run], single.loss, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(grid.lr[: n - 1, run], single.lr, rtol=1e-14)
        assert grid.diverged[run] == single.diverged
        assert np.isnan(grid.loss[n:, run]).all() and np.isnan(grid.params[n:, run]).all()


def test_ema_is_the_heavy_ball_with_a_rescaled_rate():
    heavy = c.minimize(c.ellipse, [4.0, 3.0], c.SGD(0.05, 0.9), 30)
    ema = c.minimize(c.ellipse, [4.0, 3.0], c.SGD(0.05 / (1 - 0.9), 0.9, ema=True), 30)
    np.testing.assert_allclose(ema.params, heavy.params, rtol=1e-12, atol=1e-12)


def test_step_changes_neither_params_nor_state():
    optimizer = c.SGD(0.1, 0.9)
    params, grad = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    state = optimizer.init(params)
    optimizer.step(params, grad, state)
    np.testing.assert_array_equal(params, [1, 2])
    np.testing.assert_array_equal(grad, [3, 4])
    np.testing.assert_array_equal(state.velocity, [0, 0])
    assert state.step == 0


def test_a_schedule_is_asked_with_the_step():
    history = c.minimize(c.x_squared, [5.0], c.SGD(lambda step: 0.1 / (1 + step)), 3)
    np.testing.assert_allclose(history.lr, [0.1, 0.05, 0.1 / 3])
    np.testing.assert_allclose(history.params[:, 0], [5, 4, 4 * 0.9, 4 * 0.9 * (1 - 0.2 / 3)])


LISTS = {
    "ema": lambda many: c.SGD(many([[0.1], [0.2]]), many([[0.5], [0.6]]), ema=True),
    "nesterov": lambda many: c.SGD(many([[0.1], [0.2]]), many([[0.5], [0.6]]), nesterov=True),
    "rmsprop": lambda many: c.RMSprop(many([[0.1], [0.2]]), many([[0.5], [0.6]])),
    "adam": lambda many: c.Adam(many([[0.1], [0.2]]), many([[0.5], [0.6]]), many([[0.9], [0.8]])),
}


@pytest.mark.parametrize("objective", [c.ellipse, lambda w: c.ellipse(w)], ids=["fast", "plain"])
@pytest.mark.parametrize("name", LISTS)
def test_rates_may_stand_in_lists(name, objective):
    start = np.array([[4.0, 3.0], [1.0, 2.0]])
    lists, arrays = (
        c.minimize(objective, start, LISTS[name](many), 5).params for many in (list, np.array)
    )
    np.testing.assert_array_equal(lists, arrays)


@pytest.mark.parametrize("optimizer", [c.SGD(0.1, 0.5), c.RMSprop(0.1), c.Adam(0.1)])
def test_a_step_takes_lists(optimizer):
    params, grad = [1.0, 2.0], [0.1, -0.2]
    new, _ = optimizer.step(params, grad, optimizer.init(params))
    same, _ = optimizer.step(np.array(params), np.array(grad), optimizer.init(params))
    np.testing.assert_array_equal(new, same)


@pytest.mark.parametrize("number", [np.float64, np.array])
@pytest.mark.parametrize("make", [c.SGD, c.RMSprop, c.Adam])
def test_a_rate_made_by_numpy_leaves_float32_alone(make, number):
    optimizer = make(number(0.1))
    params = np.ones(2, np.float32)
    assert optimizer.step(params, params, optimizer.init(params))[0].dtype == np.float32


def test_rates_that_change_afterwards_change_nothing():
    lrs = np.array([[0.1], [0.2]])
    optimizer = c.SGD(lrs)
    lrs[:] = 7.0
    history = c.minimize(c.x_squared, [[1.0], [1.0]], optimizer, 1)
    np.testing.assert_allclose(history.lr, [[0.1, 0.2]])


def test_a_method_replaced_in_one_optimizer_is_called():
    optimizer = c.SGD(0.1)
    optimizer.step = lambda params, grad, state: (params / 2, state)
    history = c.minimize(c.x_squared, [8.0], optimizer, 2)
    np.testing.assert_array_equal(history.params[:, 0], [8.0, 4.0, 2.0])


@pytest.mark.parametrize("size", [1e-200, 1e200, np.inf])
@pytest.mark.parametrize("make", [c.SGD, c.RMSprop, c.Adam])
def test_a_step_by_hand_warns_of_no_size_of_gradient(make, size):
    optimizer, params = make(0.1), np.array([1.0, 2.0])
    with np.errstate(all="raise"):
        new, _ = optimizer.step(params, size * params, optimizer.init(params))
    assert new.shape == (2,)


@pytest.mark.parametrize(
    "optimizer",
    [
        c.SGD(0.1, momentum=0.9, nesterov=True),
        c.SGD(c.cosine_annealing(0.1, total=100)),
        c.RMSprop(0.1, eps=1e-3),
        c.Adam(0.1, eps=1e-3, bias_correction=False),
        c.Adam(c.one_cycle(0.1, total=100)),
    ],
    ids=repr,
)
def test_an_optimizer_prints_as_its_call_and_can_be_stored(optimizer):
    path = c.minimize(c.ellipse, [4.0, 3.0], optimizer, 5).params
    for again in (eval(repr(optimizer), vars(c)), pickle.loads(pickle.dumps(optimizer))):
        np.testing.assert_array_equal(c.minimize(c.ellipse, [4.0, 3.0], again, 5).params, path)


def test_an_optimizer_of_many_runs_prints_in_one_line():
    rates = np.full((400, 1), 0.1)
    words = "SGD(lr=an array of shape (400, 1), momentum=an array of shape (400, 1))"
    assert repr(c.SGD(rates, rates)) == words
    assert repr(c.RMSprop(rates)) == "RMSprop(lr=an array of shape (400, 1), beta=0.9)"


@pytest.mark.parametrize("make", [c.SGD, c.RMSprop, c.Adam])
def test_a_rate_set_later_counts_and_is_checked(make):
    optimizer, schedule = make(0.1), c.step_decay(0.2)
    assert optimizer.lr == 0.1
    optimizer.lr = 0.2
    for objective in (c.ellipse, lambda params: c.ellipse(params)):
        path = c.minimize(objective, [4.0, 3.0], optimizer, 5)
        np.testing.assert_array_equal(path.lr, 0.2)
        np.testing.assert_allclose(
            path.params, c.minimize(c.ellipse, [4.0, 3.0], make(0.2), 5).params, rtol=1e-12
        )
    with pytest.raises(ValueError, match="lr: expected a finite number > 0, got -1"):
        optimizer.lr = -1
    optimizer.lr = schedule
    assert optimizer.lr is schedule
