"""A surveyed function knows what the course's own landscapes know of themselves."""

import numpy as np
import pytest

import course_lib as c

KNOWN = [c.x_squared, c.quartic, c.wavy_bowl, c.ellipse, c.saddle, c.rosenbrock, c.ravine(50)]
KNOWN += [c.bumpy_bowl(0.3), c.bumpy_bowl(1.0)]


def one_at_a_time(known):
    def objective(params):
        assert params.ndim == 1
        loss, grad = known(params)
        return float(loss), grad.tolist()

    return objective


@pytest.mark.parametrize("known", KNOWN, ids=lambda place: place.name)
def test_minima_and_curvature_are_found_by_measurement(known):
    found = c.survey(lambda w: known(w), known.start, known.bounds)
    assert found.minima.shape == known.minima.shape
    np.testing.assert_allclose(found.minima, known.minima, atol=1e-6)
    places = np.random.default_rng(1).uniform(*known.bounds.T, (5, known.n_params))
    scale = np.abs(known.hessian(places)).max()
    np.testing.assert_allclose(found.hessian(places), known.hessian(places), atol=1e-4 * scale)
    np.testing.assert_array_equal(found(places)[1], known(places)[1])


@pytest.mark.parametrize("known", [c.quartic, c.bumpy_bowl(0.4)], ids=lambda place: place.name)
def test_a_function_of_one_place_is_asked_place_by_place(known):
    found = c.survey(one_at_a_time(known), known.start, known.bounds)
    np.testing.assert_allclose(found.minima, known.minima, atol=1e-6)
    losses, grads = found(np.stack([known.minima, known.minima + 0.1]))
    assert losses.shape == (2, len(known.minima)) and grads.shape == (*losses.shape, found.n_params)


def test_what_is_handed_in_stays_and_the_map_cannot_be_changed():
    start, bounds = [1.0, 2.0], [(-3, 3), (-2, 4)]
    found = c.survey(lambda w, step=0: c.ellipse(w), start, bounds)
    assert (start, bounds) == ([1.0, 2.0], [(-3, 3), (-2, 4)])
    with pytest.raises(ValueError, match="read-only"):
        found.start[0] = 5
    run = c.minimize(found, start, c.SGD(0.1), 100)
    np.testing.assert_allclose(run.params[-1], 0, atol=1e-8)


@pytest.mark.parametrize(
    ("objective", "start", "bounds", "message"),
    [
        (3, [1.0], [(-1, 1)], "objective: expected a function"),
        (lambda w: 1.0, [1.0], [(-1, 1)], "objective"),
        (lambda w: (1.0, [1.0, 2.0]), [1.0], [(-1, 1)], "gradient|grad"),
        (c.x_squared, [1.0, 2.0, 3.0], [(-1, 1)], "start: expected one or two numbers"),
        (c.x_squared, [np.nan], [(-1, 1)], "start"),
        (c.x_squared, [1.0], [(1, -1)], "bounds: expected 1 pair"),
        (c.ellipse, [1.0, 2.0], [(-1, 1)], "bounds: expected 2 pair"),
    ],
)
def test_what_cannot_be_surveyed_is_refused(objective, start, bounds, message):
    with pytest.raises((ValueError, TypeError), match=message):
        c.survey(objective, start, bounds)
