"""Landscapes: derivatives by measurement, minima by a search that knows nothing of them."""

import pickle

import numpy as np
import pytest
from golden_numbers import golden

import course_lib as c

LANDSCAPES = [
    c.x_squared,
    c.quartic,
    c.wavy_bowl,
    c.ellipse,
    c.ravine(10),
    c.saddle,
    c.rosenbrock,
    c.bumpy_bowl(),
    c.bumpy_bowl(1.0),
]
DEMOS = golden("source_demos")


def places(landscape, n=20):
    low, high = landscape.bounds.T
    return np.random.default_rng(8).uniform(low, high, (n, len(low)))


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda f: f.name)
def test_gradient_and_hessian_by_measurement(landscape):
    for w in places(landscape):
        measured = c.numerical_gradient(lambda v: landscape(v)[0], w)
        scale = max(1, np.abs(measured).max())
        np.testing.assert_allclose(landscape(w)[1], measured, atol=1e-7 * scale)
        columns = [
            c.numerical_gradient(lambda v, i=i: landscape(v)[1][i], w) for i in range(len(w))
        ]
        scale = max(1, np.abs(columns).max())
        np.testing.assert_allclose(landscape.hessian(w), columns, atol=1e-7 * scale)


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda f: f.name)
def test_many_places_at_once(landscape):
    w = places(landscape, 6).reshape(2, 3, -1)
    losses, grads = landscape(w)
    assert losses.shape == (2, 3) and grads.shape == w.shape
    assert landscape.hessian(w).shape == (*w.shape, w.shape[-1])
    for i in np.ndindex(2, 3):
        loss, grad = landscape(w[i], step=7)
        assert losses[i] == pytest.approx(loss, rel=1e-14)
        np.testing.assert_allclose(grads[i], grad, rtol=1e-14)


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda f: f.name)
def test_minima_are_level_curve_upwards_and_the_first_is_the_lowest(landscape):
    losses = [float(landscape(w)[0]) for w in landscape.minima]
    assert losses == sorted(losses)
    for w in landscape.minima:
        assert np.abs(landscape(w)[1]).max() < 1e-14
        assert np.linalg.eigvalsh(landscape.hessian(w)).min() > 0


@pytest.mark.parametrize(
    "landscape", [f for f in LANDSCAPES if f.n_params == 1], ids=lambda f: f.name
)
def test_a_scan_of_the_curve_finds_just_these_minima(landscape):
    w = np.linspace(*landscape.bounds[0], 20_001)
    loss = landscape(w[:, None])[0]
    found = w[1:-1][(loss[1:-1] < loss[:-2]) & (loss[1:-1] <= loss[2:])]
    np.testing.assert_allclose(np.sort(landscape.minima[:, 0]), found, atol=1e-3)


def test_published_minima_and_stability_limits():
    gold = DEMOS["s2_quartic"]
    assert c.quartic.minima[:, 0] == pytest.approx([gold["global_min"], gold["local_min"]])
    assert c.quartic([gold["local_max"]])[1] == 0
    gold = DEMOS["s2_lr_impact"]
    assert c.wavy_bowl.minima[:, 0] == pytest.approx([gold["global_min"], gold["local_min"]])
    limits = 2 / c.wavy_bowl.hessian(c.wavy_bowl.minima)[:, 0, 0]
    published = [gold["stability_limit"]["global"], gold["stability_limit"]["local"]]
    assert limits == pytest.approx(published, rel=1e-5)  # from curvatures of five digits


def test_the_bumpy_bowl_as_published():
    gold = DEMOS["s2_bumpy_bowl"]
    bowl = c.bumpy_bowl(0.3)
    assert len(bowl.minima) == gold["critical_points"] == 1
    np.testing.assert_allclose(bowl.minima[0], gold["global_min"], atol=1e-12)
    assert bowl(bowl.minima[0])[0] == pytest.approx(gold["value"], abs=1e-12)
    loss, grad = bowl([0.0, 0.0])
    assert loss == gold["at_origin"]["value"]
    np.testing.assert_allclose(grad, gold["at_origin"]["gradient"])
    before, after = gold["first_amplitude_with_local_minima_between"]
    assert (len(c.bumpy_bowl(before).minima), len(c.bumpy_bowl(after).minima)) == (1, 4)
    found = c.bumpy_bowl(0.4).minima
    np.testing.assert_allclose(found, gold["amplitude_0_4_minima"], atol=1e-3)


@pytest.mark.parametrize("amplitude", [0, 0.1, 0.3, 0.33, 0.331, 0.5, 1.0, 2.0])
def test_rolling_down_from_everywhere_finds_just_the_minima_of_the_bumpy_bowl(amplitude):
    bowl = c.bumpy_bowl(amplitude)
    reach = 3 * amplitude + 1  # beyond it the bowl outweighs every bump
    side = np.linspace(-reach, reach, 31)
    starts = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2) + 1e-3
    lr = 0.9 / (1 + 9 * amplitude)
    ends = c.minimize(bowl, starts, c.SGD(lr), 2000, keep_params=False).params[-1]
    distances = np.linalg.norm(ends[:, None] - bowl.minima, axis=-1)
    assert distances.min(axis=1).max() < 0.01  # no end far from every minimum ...
    assert distances.min(axis=0).max() < 1e-6  # ... and no minimum far from every end


def test_far_outside_it_overflows_without_a_warning():
    loss, grad = c.quartic(np.array([1e200]))
    assert not np.isfinite(loss) or not np.isfinite(grad).all()


def test_what_a_landscape_knows_cannot_be_changed_by_accident():
    with pytest.raises(ValueError):
        c.x_squared.start[0] = 1


@pytest.mark.parametrize("landscape", [*LANDSCAPES, c.ravine(1 / 3)], ids=lambda f: f.name)
def test_a_landscape_can_be_stored(landscape):
    again = pickle.loads(pickle.dumps(landscape))
    assert again.name == landscape.name
    for one, other in zip(again(landscape.start), landscape(landscape.start), strict=True):
        np.testing.assert_array_equal(one, other)
