"""What ``minimize`` does, held to the published runs of chapter 2 and to its own promises."""

import warnings

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

DEMOS = golden("source_demos")


def end(landscape, start, lr, n_steps):
    return c.minimize(landscape, start, c.SGD(lr), n_steps)


def test_the_walks_of_chapter_2():
    walk = end(c.x_squared, [5.0], 0.1, 20)
    np.testing.assert_allclose(walk.params[:, 0], DEMOS["s1_gd_1d"], rtol=1e-14)
    walk = end(c.ellipse, [4.0, 3.0], 0.1, 15)
    np.testing.assert_allclose(walk.params, DEMOS["s1_gd_2d"], rtol=1e-13)
    walk = end(c.quartic, [3.0], 0.01, 200)
    assert walk.params[-1, 0] == pytest.approx(DEMOS["s2_quartic"]["end_200"], rel=1e-12)
    assert walk.loss[-1] == pytest.approx(DEMOS["s2_quartic"]["loss_200"], rel=1e-12)


@pytest.mark.parametrize("lr", DEMOS["s1_lr"])
def test_learning_rates_on_x_squared(lr):
    run = end(c.x_squared, [10.0], float(lr), 20)
    assert run.loss[-1] == pytest.approx(DEMOS["s1_lr"][lr]["final_loss"], rel=1e-12, abs=1e-25)


@pytest.mark.parametrize("lr", DEMOS["s2_quartic"]["ends_2000"])
def test_where_a_walk_on_the_quartic_ends(lr):
    run = end(c.quartic, [3.0], float(lr), 2000)
    assert run.params[-1, 0] == pytest.approx(DEMOS["s2_quartic"]["ends_2000"][lr], abs=1e-9)


@pytest.mark.parametrize("lr", ["0.001", "0.01", "0.1"])
def test_learning_rates_on_the_wavy_bowl(lr):
    run = end(c.wavy_bowl, [3.0], float(lr), 50)
    gold = DEMOS["s2_lr_impact"]["runs"][lr]
    assert run.params[-1, 0] == pytest.approx(gold["end_unclipped"], rel=1e-9)
    assert run.loss[-1] == pytest.approx(gold["loss"], rel=1e-9)


def test_history_has_a_loss_before_each_step_and_one_more():
    history = end(c.x_squared, [5.0], 0.1, 3)
    assert history.params.shape == (4, 1)
    assert history.loss.shape == (4,)
    assert history.lr.shape == history.grad_norm.shape == (3,)
    np.testing.assert_allclose(history.loss, history.params[:, 0] ** 2)
    np.testing.assert_allclose(history.grad_norm, 2 * history.params[:-1, 0])
    assert history.diverged is False and history.diverged_at is None


@pytest.mark.parametrize("keep", [False, [0, 2], [5]])
def test_keep_params_chooses_steps(keep):
    everything = end(c.x_squared, [5.0], 0.1, 5)
    some = c.minimize(c.x_squared, [5.0], c.SGD(0.1), 5, keep_params=keep)
    np.testing.assert_array_equal(some.steps, keep or [5])
    np.testing.assert_array_equal(some.params, everything.params[keep or [5]])
    np.testing.assert_array_equal(some.loss, everything.loss)


@pytest.mark.parametrize("keep", [True, False])
def test_keep_params_may_be_an_answer_of_numpy(keep):
    runs = [c.minimize(c.x_squared, [5.0], c.SGD(0.1), 5, k) for k in (keep, np.bool_(keep))]
    np.testing.assert_array_equal(runs[0].params, runs[1].params)


def test_a_single_run_that_diverges_ends_there():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = end(c.x_squared, [5.0], 1.5, 50)
    # |w| doubles; the loss starts at 25 and passes 25e6 with its tenth quadrupling.
    assert run.diverged is True and run.diverged_at == 10
    assert len(run.loss) == len(run.params) == 11 and len(run.lr) == 10
    assert np.isfinite(run.loss).all()
    assert run.loss[-1] > 25e6 > run.loss[-2]


def test_an_overflow_is_a_divergence_and_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = c.minimize(c.quartic, [1e80], c.SGD(1.0), 5)
    assert run.diverged_at == 0 and len(run.loss) == len(run.params) == 1


def test_a_stacked_run_that_diverges_leaves_the_others_alone():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        both = c.minimize(c.x_squared, [[5.0], [5.0]], c.SGD(np.array([[1.5], [0.1]])), 20)
    assert both.diverged.tolist() == [True, False]
    assert both.diverged_at.tolist() == [10, -1]
    assert np.isnan(both.loss[11:, 0]).all() and np.isfinite(both.loss[:11, 0]).all()
    np.testing.assert_array_equal(both.loss[:, 1], end(c.x_squared, [5.0], 0.1, 20).loss)
    assert both.lr.shape == (20, 2) and np.isnan(both.lr[10:, 0]).all()


@pytest.mark.parametrize("keep", [True, False])
def test_stacked_runs_that_all_diverge_keep_their_shape(keep):
    lrs = np.array([[1.5], [2.0]])
    both = c.minimize(c.x_squared, [[5.0], [5.0]], c.SGD(lrs), 30, keep_params=keep)
    assert both.loss.shape == (31, 2) and both.diverged.all()
    assert both.params.shape == ((31 if keep else 1), 2, 1)
    assert np.isnan(both.params[-1]).all()


def test_a_learners_own_objective_and_optimizer_will_do():
    class Halve:
        def init(self, params):
            return None

        def step(self, params, grad, state):
            return params / 2, state

    history = c.minimize(lambda w: (float(w @ w), 2 * w), [8.0, 4.0], Halve(), 3)
    np.testing.assert_array_equal(history.params[-1], [1.0, 0.5])
    assert np.isnan(history.lr).all()


def test_an_objective_may_look_at_the_step():
    seen = []

    def objective(params, step):
        seen.append(step)
        return params.sum(), np.ones(1)

    c.minimize(objective, [0.0], c.SGD(0.1), 3)
    assert seen == [0, 1, 2, 3]


def test_stored_params_never_change_afterwards():
    class InPlace:
        def init(self, params):
            return None

        def step(self, params, grad, state):
            params -= 0.1 * grad
            return params, state

    start = np.array([5.0])
    history = c.minimize(c.x_squared, start, InPlace(), 3)
    np.testing.assert_allclose(history.params[:, 0], [5, 4, 3.2, 2.56])
    np.testing.assert_array_equal(start, [5.0])


class Careless:
    """An optimizer that works in place, on params and gradient, and has a schedule of its own."""

    schedule = "none"

    def init(self, params):
        return None

    def step(self, params, grad, state):
        params -= 0.5 * grad
        grad *= 0
        return list(params), state


def test_what_an_objective_or_an_optimizer_does_in_place_reaches_nobody_else():
    def half_square(w):
        return w @ w / 2, w  # its gradient is w itself

    history = c.minimize(half_square, [6.0, 8.0], Careless(), 2)
    np.testing.assert_array_equal(history.params, [[6, 8], [3, 4], [1.5, 2]])
    np.testing.assert_array_equal(history.grad_norm, [10, 5])
    assert np.isnan(history.lr).all()

    def spoils(w):
        value, grad = w @ w / 2, w.copy()
        w *= 0
        return value, grad

    np.testing.assert_array_equal(
        c.minimize(spoils, [6.0, 8.0], Careless(), 2).params, history.params
    )


def test_an_optimizer_of_ones_own_leaves_float32_alone():
    kinds = set()

    def objective(w):
        kinds.add(w.dtype)
        return (w**2).sum(), np.asarray(2 * w, float)

    c.minimize(objective, np.ones(2, np.float32), Careless(), 3)
    assert kinds == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [("gd", c.SGD(0.3)), ("ema", c.SGD(0.3, 0.9, ema=True)), ("rms", c.RMSprop(0.3))],
)
def test_the_three_walks_of_the_first_source(name, optimizer):
    walk = c.minimize(lambda w: ((w - 2) ** 2, 2 * (w - 2)), [-3.0], optimizer, 30)
    np.testing.assert_allclose(walk.params[:, 0], DEMOS["s0_optimizers_1d"][name]["path"], 1e-14)


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [
        ("sgd_lr.05", c.SGD(0.05)),
        ("ema.9_lr.05", c.SGD(0.05, 0.9, ema=True)),
        ("classical.9_lr.05", c.SGD(0.05, 0.9)),
        ("ema.9_lr.5 (=classical .05)", c.SGD(0.5, 0.9, ema=True)),
    ],
)
def test_momentum_loses_the_race_of_the_second_source(name, optimizer):
    walk = c.minimize(c.ravine(10), [10.0, 1.0], optimizer, 50)
    assert walk.loss[-1] == pytest.approx(DEMOS["s1_momentum_final_loss"][name], rel=1e-12)
