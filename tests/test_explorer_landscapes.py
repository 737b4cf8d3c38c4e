"""The explorers of two weights, against closed forms, finite differences and plain loops."""

import functools

import numpy as np
import pytest
from golden_numbers import golden

from course_lib import bumpy_bowl, ellipse, quartic, ravine, rosenbrock, saddle, survey, widgets
from course_lib.widgets import (
    Descent2D,
    LossLandscape,
    MomentumForms,
    MomentumMap,
    OptimizerRace,
    tables,
)


def plane(explorer):
    """The tables of a whole plane, unpacked, and the positions of its sliders."""
    explorer._show()
    arrays = {name: tables.unpack(table) for name, table in explorer.plane["tables"].items()}
    return arrays, [np.array(positions) for positions in explorer.plane["axes"].values()]


# -- the map of learning rate and momentum ------------------------------------------------------


@pytest.mark.parametrize("landscape", [ellipse, ravine(10), ravine(50)], ids=lambda one: one.name)
def test_the_map_loses_exactly_the_pairs_beyond_the_limit_of_heavy_ball(landscape):
    arrays, (lr, beta) = plane(MomentumMap(landscape))
    stiffest = landscape.hessian(landscape.start)[1, 1]
    ratio = lr[:, None] * stiffest / (2 * (1 + beta))
    lost = arrays["lost"] == 1
    assert lost[ratio > 1 + 1e-9].all()
    assert not lost[ratio < 1 - 1e-9].any()
    assert not (lost & ~np.isnan(arrays["speed"])).any()


def test_no_pair_before_the_onset_of_oscillation_overshoots():
    arrays, (lr, beta) = plane(MomentumMap(ravine(10)))
    before = lr[:, None] * 20 < (1 - np.sqrt(beta)) ** 2
    assert before.sum() > 100
    assert (arrays["crossings"][before] == 0).all()
    assert (arrays["crossings"][~before & (arrays["speed"] > 0)] > 0).mean() > 0.9


def test_next_to_no_pair_arrives_sooner_than_the_best_one():
    arrays, (lr, beta) = plane(MomentumMap(ravine(10)))
    root = np.sqrt(10)
    i = np.abs(lr - (2 / (np.sqrt(20) + np.sqrt(2))) ** 2).argmin()
    j = np.abs(beta - ((root - 1) / (root + 1)) ** 2).argmin()
    arrives = arrays["steps"][arrays["speed"] >= 0]
    assert (arrives < arrays["steps"][i, j]).mean() < 0.01


def test_the_map_wants_a_minimum():
    with pytest.raises(ValueError, match="expected a landscape with a minimum, got saddle"):
        MomentumMap(saddle)
    with pytest.raises(ValueError, match="expected a landscape of two weights, .* got quartic"):
        MomentumMap(quartic)


# -- three forms --------------------------------------------------------------------------------


def test_the_average_at_ten_times_the_rate_is_the_heavy_ball():
    arrays, (lr, beta) = plane(MomentumForms())
    nine = list(beta).index(0.9)
    for slow in (0.001, 0.005, 0.01, 0.02):
        ball = arrays["momentum_x"][list(lr).index(slow), nine]
        average = arrays["ema_x"][list(lr).index(10 * slow), nine]
        np.testing.assert_allclose(average, ball, atol=0.01)


def test_nesterov_looks_ahead():
    arrays, (lr, beta) = plane(MomentumForms(condition_number=10))
    at = list(lr).index(0.02), list(beta).index(0.9)
    place, velocity = np.array([10.0, 1.0]), np.zeros(2)
    for step in range(1, 41):
        gradient = np.array([2, 20]) * place
        velocity = 0.9 * velocity + gradient
        place = place - 0.02 * (gradient + 0.9 * velocity)
        found = arrays["nesterov_x"][at][step], arrays["nesterov_y"][at][step] / 10
        np.testing.assert_allclose(found, place, atol=0.004)


def test_limits_of_the_three_forms():
    explorer = MomentumForms(condition_number=10, momentum=0.5)
    frame = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
    np.testing.assert_allclose(frame["limits"], [3 / 20, 6 / 20, 1.5 / 20], rtol=1e-6)


@pytest.mark.parametrize("condition", [1, 10, 100])
def test_forms_diverge_beyond_their_limits_and_only_there(condition):
    explorer = MomentumForms(condition_number=condition)
    arrays, (lr, _) = plane(explorer)
    for i, form in enumerate(("momentum", "ema", "nesterov")):
        beyond = lr[:, None] > arrays["limits"][:, i] * (1 + 1e-6)
        assert (arrays[f"{form}_end"][beyond] == 1).all()
        assert not (arrays[f"{form}_end"][~beyond] == 1).any()


# -- the race -----------------------------------------------------------------------------------


def rosenbrock_adam(lr, place, n_steps):
    m, s = np.zeros(2), np.zeros(2)
    for k in range(1, n_steps + 1):
        (x, y) = place
        slope = np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])
        m, s = 0.9 * m + 0.1 * slope, 0.999 * s + 0.001 * slope**2
        place = place - lr * m / (1 - 0.9**k) / (np.sqrt(s / (1 - 0.999**k)) + 1e-8)
    return (1 - place[0]) ** 2 + 100 * (place[1] - place[0] ** 2) ** 2


@pytest.mark.parametrize("lr", [0.001, 0.02, 0.1, 2.0])
def test_the_race_ends_where_a_plain_loop_ends(lr):
    explorer = OptimizerRace(rosenbrock, learning_rate_adam=lr)
    frame = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
    wanted = rosenbrock_adam(lr, rosenbrock.start, 500)
    assert frame["adam_last"] == pytest.approx(wanted, rel=1e-5)


def test_the_race_holds_the_printed_rates_and_the_tuned_ones():
    sliders = OptimizerRace(rosenbrock).scene["controls"]
    gentle, momentum, rmsprop, adam = (control["values"] for control in sliders[:4])
    assert {0.0001, 0.001, 0.002} <= set(gentle)
    assert {0.0001, 0.001, 0.002, 0.01} <= set(momentum)
    assert {0.001, 0.01, 0.02, 0.05} <= set(rmsprop)
    assert {0.0001, 0.001, 0.01, 0.1, 1.0, 2.0} <= set(adam)


def test_the_race_ends_where_the_golden_numbers_say():
    ends = golden("source_demos")["s2_rosenbrock_500"]
    printed = {"momentum": 0.001, "rmsprop": 0.01, "adam": 0.01}
    settings = {f"learning_rate_{name}": lr for name, lr in printed.items()}
    explorer = OptimizerRace(rosenbrock, **settings)
    frame = tables.frame(explorer._run_at(explorer.settings), explorer.settings)
    for name, known in zip(printed, ends.values(), strict=True):
        found = [frame[f"{name}_end_x"], frame[f"{name}_end_y"]]
        np.testing.assert_allclose(found, known[:2], atol=2e-3)
        assert frame[f"{name}_last"] == pytest.approx(known[2], abs=1e-6)


def test_a_racer_that_diverges_is_said_to():
    explorer = OptimizerRace(rosenbrock)
    explorer.learning_rate_sgd = explorer.scene["controls"][0]["values"][-1]
    assert "gradient descent diverged at step" in explorer.status
    assert "Adam diverged" not in explorer.status
    assert explorer.picture().startswith(b"\x89PNG")


# -- the landscape itself -----------------------------------------------------------------------


def test_the_slope_is_that_of_the_heights():
    explorer = LossLandscape()
    arrays, (amplitudes, x, y) = plane(explorer)
    a, i, j = (7, 11, 19)
    place, eps = np.array([x[i], y[j]]), 1e-5
    for k, name in enumerate(("slope_1", "slope_2")):
        nudge = eps * np.eye(2)[k]
        above, below = (loss(place + way * nudge, amplitudes[a]) for way in (1, -1))
        assert arrays[name][a, i, j] == pytest.approx((above - below) / (2 * eps), abs=1e-5)
    assert arrays["height"][a, i, j] == pytest.approx(loss(place, amplitudes[a]), rel=1e-6)


def loss(place, amplitude):
    x, y = place
    return 0.5 * (x**2 + y**2) + amplitude * np.sin(3 * x) * np.cos(3 * y)


def test_higher_bumps_make_more_valleys():
    explorer = LossLandscape(amplitude=0.3)
    packet = explorer._run_at(explorer.settings)
    assert "1 valley." in widgets.explorer.fill(
        packet["notes"]["amplitude"], tables.frame(packet, explorer.settings)
    )
    arrays, (amplitudes, *_) = plane(explorer)
    valleys = dict(zip(amplitudes, arrays["valleys"], strict=True))
    assert valleys[0] == valleys[0.3] == 1
    assert valleys[0.4] == 4
    assert valleys[1] > 4


def test_the_farthest_piece_of_the_surface_is_drawn_first():
    layers = LossLandscape().scene["panels"][1]["layers"]
    pieces = next(layer for layer in layers if layer["kind"] == "surface")["quads"]
    first, last = pieces[0], pieces[-1]
    assert len(pieces) == 30 * 30
    assert max(first) == 31 * 31 - 1  # the corner where both weights are largest
    assert min(last) == 0


def test_other_landscapes_have_no_bumps_to_set():
    explorer = LossLandscape(ellipse, weight_1=1, weight_2=-1)
    assert explorer.status.startswith("Loss 3 at weight 1 = 1, weight 2 = \N{MINUS SIGN}1.")
    assert "(2, \N{MINUS SIGN}4)" in explorer.status
    with pytest.raises(TypeError, match="expected weight_1, weight_2, got amplitude"):
        LossLandscape(ellipse, amplitude=0.1)
    with pytest.raises(TypeError, match="expected a landscape of two weights"):
        LossLandscape(bumpy_bowl)


# -- a step of one's own ------------------------------------------------------------------------


def heavy_ball(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, velocity


def one_at_a_time(theta, velocity, grad, lr, beta):
    slope = grad(theta)
    velocity = [float(beta) * v + float(g) for v, g in zip(velocity, slope, strict=True)]
    return [t - lr * v for t, v in zip(theta, velocity, strict=True)], velocity


@pytest.mark.parametrize("step", [heavy_ball, one_at_a_time])
@pytest.mark.parametrize("lr", [0.01, 0.05, 0.15, 0.21])
def test_a_step_of_ones_own_goes_where_the_same_optimizer_goes(step, lr):
    settings = {"learning_rate": lr, "momentum": 0.8, "start_x": -5, "start_y": 2}
    known, own = Descent2D(ravine(10), **settings), Descent2D(ravine(10), step=step, **settings)
    frames = [tables.frame(one._run_at(one.settings), one.settings) for one in (known, own)]
    for name in ("x", "y", "loss"):
        np.testing.assert_allclose(frames[1][name], frames[0][name], err_msg=name)
    assert ("diverge" in own.status) == ("diverge" in known.status) == (lr > 3.6 / 20)
    assert (
        own.status.split(";")[0].rstrip(".") == known.status.split(";")[0].rstrip(".") or lr > 0.18
    )


def test_only_a_step_that_takes_arrays_gets_a_plane():
    quick, slow = (Descent2D(ellipse, step=step) for step in (heavy_ball, one_at_a_time))
    for explorer, axes in ((quick, 2), (slow, 0)):
        explorer._show()
        assert len(explorer.plane["axes"]) == axes
    assert "all slider positions" in quick.plane["notes"]["learning_rate"]
    assert "each move asks Python" in slow.plane["notes"]["learning_rate"]
    slow.learning_rate = 0.2
    assert slow.plane["fixed"]["learning_rate"] == 0.2
    assert slow.status.startswith("Learning rate 0.2, momentum 0.8")


def test_a_step_that_looks_at_all_runs_together_is_asked_for_one_at_a_time():
    def clipped(theta, velocity, grad, lr, beta):
        slope = grad(theta)
        length = np.linalg.norm(slope)  # of one run never as long as this: 16 at the start
        return theta - lr * (slope if length < 60 else slope * 60 / length), velocity

    own, known = Descent2D(ellipse, step=clipped), Descent2D(ellipse, optimizer="sgd")
    assert "each move asks Python" in own.texts({"optimizer": "own"})["notes"]["learning_rate"]
    frames = [tables.frame(one._run_at(one.settings), one.settings) for one in (own, known)]
    np.testing.assert_allclose(frames[0]["x"], frames[1]["x"])


def test_a_step_may_be_anything_that_can_be_called():
    class Ball:
        def __len__(self):
            return 0

        def __call__(self, *arguments):
            return heavy_ball(*arguments)

    for step in (Ball(), functools.partial(heavy_ball)):
        explorer = Descent2D(ellipse, step=step, learning_rate=0.1)
        assert explorer.status == Descent2D(ellipse, learning_rate=0.1).status
        assert "step=step" in explorer.call


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (3, r"step: expected a function step\(theta, velocity, grad, lr, beta\)"),
        (lambda theta: theta, "it raised TypeError"),
        (lambda theta, velocity, grad, lr, beta: theta, "step: expected"),
        (lambda theta, velocity, grad, lr, beta: (theta[:1], velocity), "two arrays of shape"),
    ],
)
def test_a_step_that_cannot_be_driven_is_refused(step, message):
    with pytest.raises((TypeError, ValueError), match=message):
        Descent2D(ellipse, step=step)


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam"])
def test_adaptive_optimizers_quote_no_limit(optimizer):
    explorer = Descent2D(ravine(10), optimizer=optimizer, learning_rate=0.1)
    explorer._show()
    assert "momentum" not in explorer.status
    assert "No stability limit is known" in explorer.plane["notes"]["learning_rate"]
    assert not any("nan" in text for text in explorer.plane["sentences"])


@pytest.mark.parametrize(
    "explorer",
    [
        lambda: MomentumMap(ravine(10), momentum=0.5),
        lambda: MomentumForms(condition_number=50),
        lambda: OptimizerRace(rosenbrock, learning_rate_adam=0.1),
        lambda: LossLandscape(amplitude=0.5),
        lambda: Descent2D(ravine(10), step=heavy_ball, momentum=0.5),
    ],
)
def test_the_line_to_copy_shows_the_picture_again(explorer):
    one = explorer()
    names = vars(widgets) | {"ravine": ravine, "rosenbrock": rosenbrock, "bumpy_bowl": bumpy_bowl}
    again = eval(one.call, names | {"heavy_ball": heavy_ball})
    assert (again.settings, again.status) == (one.settings, one.status)


# -- an objective of one's own ------------------------------------------------------------------


def own_bowl(w):
    return float(w[0] ** 2 + 10 * w[1] ** 2), [2 * float(w[0]), 20 * float(w[1])]


@pytest.mark.parametrize("lr", [0.01, 0.05, 0.15, 0.2])
def test_an_objective_of_ones_own_is_driven_like_the_librarys(lr):
    known = ravine(10)
    own = survey(own_bowl, known.start, known.bounds)
    settings = {"learning_rate": lr, "momentum": 0.8, "start_x": -5, "start_y": 2}
    one, two = Descent2D(known, **settings), Descent2D(own, **settings)
    assert one.status == two.status
    assert two.scene["title"] == "Descent on own_bowl"
    again = eval(two.call, {"Descent2D": Descent2D, "survey": survey, "own_bowl": own_bowl})
    assert again.status == two.status


def test_every_explorer_of_landscapes_takes_an_objective_of_ones_own():
    own = survey(own_bowl, [4.0, 1.0], [(-6, 6), (-2, 2)])
    for explorer in (MomentumMap, OptimizerRace, LossLandscape):
        assert explorer(own).status
