"""SGD against golden trajectories, PyTorch where it is installed, and its own stacked runs."""

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

LANDSCAPES = {"quad10": c.ravine(10), "quad100": c.ravine(100), "rosenbrock": c.rosenbrock}
FORMS = {
    "gd": {},
    "momentum_classical": {},
    "momentum_lr_inside": {},  # the same path as long as the learning rate stays the same
    "momentum_ema": {"ema": True},
    "nesterov": {"nesterov": True},
}
RUNS = [run for run in golden("optimizers")["runs"] if run["algorithm"] in FORMS]


def sgd(run):
    return c.SGD(run["hyper"]["lr"], run["hyper"].get("beta", 0.0), **FORMS[run["algorithm"]])


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run['problem']}-{run['algorithm']}")
def test_golden_trajectories(run):
    history = c.minimize(LANDSCAPES[run["problem"]], run["start"], sgd(run), 50)
    np.testing.assert_allclose(history.params, run["trajectory"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(history.loss[::10], run["loss_every_10"], rtol=1e-9, atol=1e-12)


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


@pytest.mark.parametrize("form", ["heavy ball", "nesterov"])
def test_torch_takes_the_same_path(form):
    torch = pytest.importorskip("torch")
    nesterov = form == "nesterov"
    params = torch.tensor([4.0, 3.0], dtype=torch.float64, requires_grad=True)
    theirs = torch.optim.SGD([params], lr=0.03, momentum=0.85, nesterov=nesterov)
    history = c.minimize(c.ellipse, [4.0, 3.0], c.SGD(0.03, 0.85, nesterov=nesterov), 40)
    for ours in history.params:
        np.testing.assert_allclose(ours, params.detach().numpy(), rtol=1e-12, atol=1e-13)
        theirs.zero_grad()
        (params[0] ** 2 + 2 * params[1] ** 2).backward()
        theirs.step()


@pytest.mark.parametrize("form", [{}, {"ema": True}, {"nesterov": True}])
def test_a_grid_of_runs_equals_its_single_runs(form):
    lr, momentum = np.meshgrid([0.01, 0.1, 0.6], [0.0, 0.5, 0.9])
    lr, momentum = lr.reshape(-1, 1), momentum.reshape(-1, 1)
    starts = np.tile([4.0, 3.0], (9, 1))
    grid = c.minimize(c.ellipse, starts, c.SGD(lr, momentum, **form), 60)
    for run in range(9):
        single = c.minimize(
            c.ellipse, starts[run], c.SGD(float(lr[run, 0]), float(momentum[run, 0]), **form), 60
        )
        n = len(single.loss)
        np.testing.assert_allclose(grid.params[:n, run], single.params, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(grid.loss[:n, run], single.loss, rtol=1e-12, atol=1e-12)
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
