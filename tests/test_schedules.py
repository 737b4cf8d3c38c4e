"""Schedules against golden values, and what all of them promise."""

import copy
import pickle

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

RUNS = {run["schedule"]: run for run in golden("schedules")["runs"]}
SCHEDULES = {
    "step": lambda lr: c.step_decay(lr, drop=0.5, every=20),
    "exponential": lambda lr: c.exponential_decay(lr, rate=0.05),
    "cosine": lambda lr: c.cosine_annealing(lr, total=100),
    "warmup_cosine_nonzero_start": lambda lr: c.warmup_cosine(lr, warmup=10, total=100),
    "linear_warmup": lambda lr: c.linear_warmup(lr, warmup=10, start_factor=0.1),
    "polynomial": lambda lr: c.polynomial_decay(lr, power=2.0, total=100),
    "warm_restarts": lambda lr: c.warm_restarts(lr, first=10, factor=2),
    "one_cycle": lambda lr: c.one_cycle(lr, total=100),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_golden_values(name):
    schedule = SCHEDULES[name](0.1)
    values = [schedule(step) for step in range(100)]
    np.testing.assert_allclose(values, RUNS[name]["values"], rtol=1e-12, atol=1e-17)


def test_every_golden_schedule_is_checked_but_the_one_that_wastes_its_first_epoch():
    assert set(RUNS) - set(SCHEDULES) == {"warmup_cosine"}
    assert RUNS["warmup_cosine"]["values"][0] == 0 < c.warmup_cosine(0.1, 10, 100)(0)


ALL = SCHEDULES | {"constant": c.constant, "final": lambda lr: c.cosine_annealing(lr, 50, 0.01)}


@pytest.mark.parametrize("name", ALL)
def test_one_rate_takes_many_steps_and_many_rates_take_one(name):
    steps = np.arange(120)
    single = ALL[name](0.1)
    one_by_one = [single(int(step)) for step in steps]
    np.testing.assert_allclose(single(steps), one_by_one, rtol=1e-14, atol=1e-18)
    assert all(type(rate) is float for rate in one_by_one)
    rates = np.array([[0.1], [0.2], [0.7]])
    for step in (0, 7, 63, 119):
        grid = ALL[name](rates)(step)
        assert np.shape(grid) == (3, 1)
        each = [ALL[name](float(rate))(step) for rate in rates[:, 0]]
        np.testing.assert_allclose(grid[:, 0], each, rtol=1e-14, atol=1e-18)


@pytest.mark.parametrize(
    ("schedule", "end"),
    [
        (c.cosine_annealing(0.1, 100, 0.01), 100),
        (c.linear_warmup(0.1, 10, 0.1), 10),
        (c.warmup_cosine(0.1, 10, 100), 100),
        (c.polynomial_decay(0.1, 1, 100), 100),
        (c.one_cycle(0.1, 100), 99),
    ],
)
def test_past_the_end_they_stay(schedule, end):
    assert schedule(end) != schedule(end - 1)
    assert schedule(end + 1) == schedule(10 * end) == schedule(end)


def test_per_epoch_counts_epochs():
    schedule = c.per_epoch(c.exponential_decay(0.1), updates_per_epoch=3)
    by_epoch = [c.exponential_decay(0.1)(epoch) for epoch in (0, 0, 0, 1, 1, 1, 2)]
    assert [schedule(step) for step in range(7)] == by_epoch


@pytest.mark.parametrize("optimizer", [c.SGD, c.Adam, c.RMSprop])
def test_float32_stays_float32_under_any_schedule(optimizer):
    for schedule in ALL.values():
        params = np.ones(2, np.float32)
        o = optimizer(schedule(0.1))
        new, _ = o.step(params, params, o.init(params))
        assert new.dtype == np.float32


@pytest.mark.parametrize("name", ALL)
def test_rates_and_steps_may_stand_in_lists(name):
    schedule = ALL[name]([[0.1], [0.2]])
    np.testing.assert_array_equal(schedule(7), ALL[name](np.array([[0.1], [0.2]]))(7))
    by_epoch = c.per_epoch(ALL[name](0.1), 3)
    np.testing.assert_array_equal(by_epoch([0, 5, 9]), [by_epoch(step) for step in (0, 5, 9)])


def test_a_million_equal_restarts_cost_no_more_than_one():
    schedule, steps = c.warm_restarts(0.1, first=1, factor=1), 10**9 + np.arange(3)
    np.testing.assert_array_equal(schedule(steps), [0.1] * 3)
    cycle = c.warm_restarts(0.1, first=10, factor=1)
    np.testing.assert_allclose(cycle(10**9 + np.arange(30)), cycle(np.arange(30)))


@pytest.mark.parametrize("name", ALL)
def test_who_changes_the_rate_at_hand_does_not_change_the_schedule(name):
    schedule = ALL[name](np.array([[0.1], [0.2]]))
    before = schedule(3).copy()
    rates = schedule(3)
    if rates.flags.writeable:
        rates[:] = 9.0
    np.testing.assert_array_equal(schedule(3), before)


@pytest.mark.parametrize("name", ALL)
def test_a_rate_too_small_for_a_number_is_no_warning(name):
    with np.errstate(all="raise"):
        assert 0 <= ALL[name](0.1)(10**9) <= 0.1
        assert 0 <= ALL[name](0.1)(1e308) <= 0.1


FAR = [2**53, 2**64, 10**299]  # the last two are too large for NumPy's whole numbers


@pytest.mark.parametrize("name", ALL)
def test_steps_far_away(name):
    schedule = ALL[name](0.1)
    by_epoch, forever = c.per_epoch(schedule, 3), c.warm_restarts(0.1, first=10, factor=1)
    for step in FAR:
        for rate in (schedule(step), by_epoch(3 * step)):
            assert type(rate) is float and rate == schedule(float(step))
        assert 0 <= forever(step) <= 0.1
    for each in (schedule, by_epoch, forever):
        for step in (10**400, -1, -(10**400)):
            with pytest.raises(ValueError, match="step: expected a finite step >= 0.*got -?1"):
                each(step)


@pytest.mark.parametrize("name", ALL)
def test_many_rates_at_many_steps(name):
    rates, steps = np.array([[0.1], [0.2]]), np.arange(5)
    table = ALL[name](rates)(steps)
    np.testing.assert_allclose(table, [ALL[name](rate)(steps) for rate in (0.1, 0.2)], rtol=1e-14)


@pytest.mark.parametrize("name", ALL)
def test_whole_numbers_make_floats(name):
    assert type(ALL[name](1)(0)) is float


@pytest.mark.parametrize("name", [*ALL, "per epoch"])
def test_a_schedule_prints_as_the_call_that_made_it_and_can_be_stored(name):
    schedule = c.per_epoch(ALL["step"](0.1), 3) if name == "per epoch" else ALL[name](0.1)
    steps = np.arange(120)
    for again in (eval(repr(schedule), vars(c)), pickle.loads(pickle.dumps(schedule))):
        np.testing.assert_array_equal(again(steps), schedule(steps))
    assert repr(copy.deepcopy(schedule)) == repr(schedule)


def test_a_schedule_of_many_rates_prints_in_one_line_and_can_be_stored():
    schedule = c.cosine_annealing(np.full((400, 1), 0.1), total=100)
    assert repr(schedule).startswith("cosine_annealing(lr=an array of shape (400, 1), total=100")
    again = pickle.loads(pickle.dumps(schedule))
    np.testing.assert_array_equal(again(7), schedule(7))
