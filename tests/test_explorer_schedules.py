"""The schedules' explorer, against golden numbers, a plain loop and the limit of stability."""

import inspect
import zlib

import numpy as np
import pytest
from golden_numbers import golden

import course_lib
from course_lib import schedules, widgets
from course_lib.widgets import ScheduleExplorer, schedule_explorer, tables

MENU = schedule_explorer.MENU
SOURCES = {run["schedule"]: run["values"] for run in golden("schedules")["runs"]}
SAME = {  # the settings behind each golden curve
    "step_decay": ("step", {"drop": 0.5, "every": 20}),
    "exponential_decay": ("exponential", {"rate": 0.05}),
    "cosine_annealing": ("cosine", {"total": 100, "final": 0}),
    "linear_warmup": ("linear_warmup", {"warmup": 10, "start_factor": 0.1}),
    "warmup_cosine": ("warmup_cosine_nonzero_start", {"warmup": 10, "total": 100}),
    "polynomial_decay": ("polynomial", {"power": 2, "total": 100}),
    "warm_restarts": ("warm_restarts", {"first": 10, "factor": 2, "final": 0}),
    "one_cycle": ("one_cycle", {"total": 100, "pct_start": 0.3}),
}


@pytest.fixture(scope="module")
def explorer():
    explorer = ScheduleExplorer()
    explorer._show()
    return explorer


@pytest.mark.parametrize("name", SAME)
def test_the_curve_is_the_golden_one(explorer, name):
    source, given = SAME[name]
    settings = explorer.settings | {"schedule": name, "learning_rate": 0.1} | given
    drawn = tables.frame(explorer.plane, settings)[f"{name}_rate"]
    np.testing.assert_allclose(drawn[:50], SOURCES[source][::2], atol=2e-6)


def walk(rates):
    """The same noisy descent, one run and one line at a time."""
    noise = 2 * np.random.default_rng(0).normal(size=(201, 2))
    x, y, losses = 10.0, 1.0, []
    for step in range(201):
        losses.append(x * x + 10 * y * y)
        rate = rates[min(step, 199)]
        x, y = x - rate * (2 * x + noise[step, 0]), y - rate * (20 * y + noise[step, 1])
    return np.array(losses)


@pytest.mark.parametrize("lr", [0.005, 0.04, 0.1])
@pytest.mark.parametrize("name", MENU)
def test_the_loss_is_that_of_a_plain_loop(explorer, name, lr):
    settings = explorer.settings | {"schedule": name, "learning_rate": lr}
    found = tables.frame(explorer.plane, settings)
    make, whole = getattr(schedules, name), ("every", "warmup", "first", "factor", "total")
    own = {key: settings[key] for key in MENU[name][1]}
    own = {key: int(value) if key in whole else value for key, value in own.items()}
    rates = np.array([make(lr, **own)(step) for step in range(200)])
    losses = walk(rates)
    np.testing.assert_allclose(found[f"{name}_loss"], losses[::2], rtol=1e-3)
    assert found[f"{name}_mean"] == pytest.approx(losses[-20:].mean(), rel=0.051)
    assert (
        f"the loss is {found[f'{name}_mean']:g} on average" in ScheduleExplorer(**settings).status
    )


def test_a_constant_rate_diverges_beyond_the_limit_and_only_there(explorer):
    for lr in schedule_explorer.RATES:
        status = ScheduleExplorer(schedule="constant", learning_rate=lr).status
        assert ("diverged at step" in status) == (lr > 2 / 20), lr
    frame = tables.frame(explorer.plane, explorer.settings)
    assert float(frame["limit"]) == pytest.approx(0.1)


def test_a_rate_that_falls_in_time_survives_a_start_beyond_the_limit():
    settings = {"schedule": "polynomial_decay", "learning_rate": 0.12}
    status = ScheduleExplorer(**settings, power=2).status
    assert status.startswith("Polynomial decay, highest rate 0.12: over the last 20 steps")
    assert status.endswith("With a constant rate it diverges.")
    assert "diverged at step" in ScheduleExplorer(**settings, power=0.5).status


@pytest.mark.parametrize("name", ["step_decay", "cosine_annealing", "polynomial_decay"])
def test_where_the_rate_falls_the_noise_settles(explorer, name):
    settings = explorer.settings | {"schedule": name, "learning_rate": 0.08}
    found = tables.frame(explorer.plane, settings)
    assert found[f"{name}_mean"] < found["constant_mean"] / 5
    jumps = np.abs(np.diff(np.log10(found[f"{name}_loss"])))
    assert jumps[-10:].mean() < jumps[40:50].mean() / 5


def test_every_schedule_of_the_library_is_there_with_its_parameters():
    public = {
        name
        for name, function in vars(schedules).items()
        if inspect.isfunction(function) and name in course_lib.__all__
    }
    assert set(MENU) == public - {"per_epoch"}
    for name, (_, own) in MENU.items():
        wanted = set(inspect.signature(getattr(schedules, name)).parameters)
        assert set(own) == wanted - {"lr", "max_lr", "div_factor", "final_div_factor"}, name


def test_only_the_parameters_of_the_schedule_are_shown():
    controls = {one["name"]: one for one in ScheduleExplorer().scene["controls"]}
    for name, (_, own) in MENU.items():
        shown = {
            key
            for key, one in controls.items()
            if name not in one.get("without", {}).get("value", [])
        }
        assert shown == {"schedule", "learning_rate", *own}
    assert all(one["without"]["hidden"] for one in controls.values() if "without" in one)


def test_slider_positions_hold_the_settings_of_the_sources(explorer):
    axes = explorer.plane["axes"]
    assert {0.01, 0.05, 0.08, 0.09, 0.1, 0.12} <= set(axes["learning_rate"])
    for _, given in SAME.values():
        assert all(value in axes[name] for name, value in given.items())


@pytest.mark.parametrize("name", MENU)
def test_every_corner_has_a_sentence_and_a_picture(name):
    explorer = ScheduleExplorer(schedule=name)
    for part in (0, -1):
        for setting, control in explorer._controls.items():
            if control["kind"] == "slider":
                setattr(explorer, setting, control["values"][part])
        assert explorer.status.startswith(MENU[name][0])
        assert "unknown" not in explorer.status and "nan" not in explorer.status
    assert explorer.picture().startswith(b"\x89PNG")


def test_mistakes_are_named():
    with pytest.raises(ValueError, match="schedule: expected one of .* got 'linear'"):
        ScheduleExplorer(schedule="linear")
    with pytest.raises(ValueError, match="learning_rate: expected a number from 0.005 to 0.12"):
        ScheduleExplorer(learning_rate=1.0)
    with pytest.raises(ValueError, match="warmup: expected a whole number from 1 to 40, got 2.5"):
        ScheduleExplorer(warmup=2.5)
    with pytest.raises(TypeError, match="expected schedule, learning_rate, drop"):
        ScheduleExplorer(gamma=0.5)


def test_the_line_to_copy_shows_the_picture_again():
    one = ScheduleExplorer(schedule="one_cycle", learning_rate=0.05, total=150, pct_start=0.2)
    again = eval(one.call, vars(widgets))
    assert (again.settings, again.status) == (one.settings, one.status)


def test_the_plane_is_small_and_moves_with_every_control(explorer):
    assert tables.size(explorer.plane) <= 1_300_000
    before = explorer.plane
    explorer.schedule, explorer.total, explorer.drop = "one_cycle", 100, 0.1
    assert explorer.plane is before


def test_the_plane_fits_into_a_page(explorer):
    data = b"".join(table["data"] for table in explorer.plane["tables"].values())
    assert len(zlib.compress(data)) <= 600_000
