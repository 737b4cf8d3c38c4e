"""What must hold for any network, any data and any optimizer, on examples drawn by hypothesis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_lib as c
from course_lib.layers import ACTIVATIONS

SUMS = ("rss", "half_rss")
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=40)


@st.composite
def problems(draw, losses=("mse", "rss", "half_rss", "binary_cross_entropy", "cross_entropy")):
    """A network that suits its loss, parameters, and data with soft labels."""
    loss = draw(st.sampled_from(losses))
    last = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}.get(loss, "linear")
    hidden = draw(st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=0, max_size=3))
    sizes = draw(st.lists(st.integers(1, 6), min_size=len(hidden) + 2, max_size=len(hidden) + 2))
    net = c.mlp(sizes, [*hidden, last])
    rng = np.random.default_rng(draw(SEEDS))
    n = draw(st.integers(1, 9))
    X, Y = rng.normal(size=(n, sizes[0])), rng.dirichlet(np.ones(sizes[-1]), size=n)
    return net, net.init_params(rng) + 0.1 * rng.normal(size=net.n_params), X, Y, loss


@FEW
@given(problems(), st.integers(1, 4))
def test_shapes(problem, n_runs):
    net, params, X, Y, loss = problem
    value, grad = net.loss_and_grad(params, X, Y, loss)
    assert np.shape(value) == () and grad.shape == params.shape
    assert net.predict(params, X).shape == Y.shape
    stack = np.tile(params, (n_runs, 1))
    values, grads = net.loss_and_grad(stack, X, Y, loss)
    assert values.shape == (n_runs,) and grads.shape == stack.shape
    assert net.predict(stack, X).shape == (n_runs, *Y.shape)
    trace = net.trace(params, X, Y, loss)
    for layer in trace.layers[1:]:
        for name in "azWb":
            assert getattr(layer, name).shape == getattr(layer, f"d{name}").shape


@FEW
@given(problems(), SEEDS)
def test_the_order_of_the_samples_does_not_matter(problem, seed):
    net, params, X, Y, loss = problem
    order = np.random.default_rng(seed).permutation(len(X))
    value, grad = net.loss_and_grad(params, X, Y, loss)
    other_value, other_grad = net.loss_and_grad(params, X[order], Y[order], loss)
    assert other_value == pytest.approx(value, rel=1e-10, abs=1e-12)
    np.testing.assert_allclose(other_grad, grad, rtol=1e-9, atol=1e-11)


@FEW
@given(problems(), st.integers(2, 4))
def test_a_mean_does_not_grow_with_the_data_and_a_sum_does(problem, times):
    net, params, X, Y, loss = problem
    value, grad = net.loss_and_grad(params, X, Y, loss)
    factor = times if loss in SUMS else 1
    more = net.loss_and_grad(params, np.tile(X, (times, 1)), np.tile(Y, (times, 1)), loss)
    assert more[0] == pytest.approx(factor * value, rel=1e-10, abs=1e-12)
    np.testing.assert_allclose(more[1], factor * grad, rtol=1e-9, atol=1e-11)


@FEW
@given(problems(losses=("mse",)))
def test_the_squared_losses_differ_by_known_factors(problem):
    net, params, X, Y, _ = problem
    mean, total, half = (net.loss_and_grad(params, X, Y, name) for name in ("mse", *SUMS))
    for one, other, factor in ((total, mean, Y.size), (total, half, 2)):
        assert one[0] == pytest.approx(factor * other[0], rel=1e-12)
        np.testing.assert_allclose(one[1], factor * other[1], rtol=1e-9, atol=1e-12)


@FEW
@given(problems(), SEEDS)
def test_a_batch_is_the_mean_of_its_samples(problem, seed):
    net, params, X, Y, loss = problem
    whole = net.loss_and_grad(params, X, Y, loss)
    each = [net.loss_and_grad(params, X[i : i + 1], Y[i : i + 1], loss) for i in range(len(X))]
    combine = np.sum if loss in SUMS else np.mean
    assert combine([value for value, _ in each]) == pytest.approx(whole[0], rel=1e-10, abs=1e-12)
    together = combine([grad for _, grad in each], axis=0)
    np.testing.assert_allclose(together, whole[1], rtol=1e-9, atol=1e-11)


LANDSCAPES = st.sampled_from([c.ellipse, c.ravine(10), c.bumpy_bowl(), c.saddle])
LRS, BETAS = st.floats(1e-5, 2e-3), st.floats(0.0, 0.95)


def walk(landscape, optimizer, n_steps=25):
    """The places that ``optimizer.step`` itself leads to; ``minimize`` must lead there too."""
    places, state = [landscape.start], optimizer.init(landscape.start)
    for _ in range(n_steps):
        params, state = optimizer.step(places[-1], landscape(places[-1])[1], state)
        places.append(params)
    same = c.minimize(landscape, landscape.start, optimizer, n_steps).params
    np.testing.assert_allclose(same, places, rtol=1e-9, atol=1e-12)
    return np.array(places)


@FEW
@given(LANDSCAPES, LRS, BETAS)
def test_an_average_of_gradients_is_the_heavy_ball_with_another_rate(landscape, lr, beta):
    heavy = walk(landscape, c.SGD(lr, beta))
    average = walk(landscape, c.SGD(lr / (1 - beta), beta, ema=True))
    np.testing.assert_allclose(average, heavy, rtol=1e-8, atol=1e-9)


@FEW
@given(LANDSCAPES, LRS, BETAS)
def test_the_rate_may_stand_inside_the_velocity_while_it_stays_the_same(landscape, lr, beta):
    params, velocity = landscape.start, np.zeros(2)
    for place in walk(landscape, c.SGD(lr, beta)):
        np.testing.assert_allclose(params, place, rtol=1e-8, atol=1e-9)
        velocity = beta * velocity + lr * landscape(params)[1]
        params = params - velocity


@FEW
@given(LANDSCAPES, LRS, BETAS)
def test_nesterov_is_the_look_ahead_form_seen_from_another_place(landscape, lr, beta):
    theta, velocity = landscape.start, np.zeros(2)
    for place in walk(landscape, c.SGD(lr, beta, nesterov=True)):
        np.testing.assert_allclose(theta - lr * beta * velocity, place, rtol=1e-8, atol=1e-9)
        velocity = beta * velocity + landscape(theta - lr * beta * velocity)[1]
        theta = theta - lr * velocity


@FEW
@given(LANDSCAPES, LRS)
def test_without_momentum_every_form_is_gradient_descent(landscape, lr):
    plain = walk(landscape, c.SGD(lr))
    for form in ({"ema": True}, {"nesterov": True}):
        np.testing.assert_array_equal(walk(landscape, c.SGD(lr, 0.0, **form)), plain)


@FEW
@given(LANDSCAPES, st.floats(1e-3, 1e3))
def test_adam_and_rmsprop_do_not_ask_how_steep_the_loss_is(landscape, scale):
    def steeper(params):
        loss, grad = landscape(params)
        return scale * loss, scale * grad

    for optimizer in (c.Adam(0.01, eps=1e-14), c.RMSprop(0.01, eps=1e-14)):
        one = c.minimize(landscape, landscape.start, optimizer, 10).params
        other = c.minimize(steeper, landscape.start, optimizer, 10).params
        np.testing.assert_allclose(other, one, rtol=1e-6, atol=1e-8)


@FEW
@given(problems(), st.sampled_from([c.SGD(0.05, 0.9), c.Adam(0.01), c.RMSprop(0.01)]), SEEDS)
def test_a_longer_run_begins_with_the_shorter_one(problem, optimizer, seed):
    net, params, X, Y, loss = problem
    objective = net.objective(X, Y, loss, batch_size=1 + seed % len(X), seed=seed)
    long, short = (c.minimize(objective, params, optimizer, n) for n in (8, 3))
    n = len(short.params)
    np.testing.assert_array_equal(long.params[:n], short.params)
    np.testing.assert_array_equal(long.loss[:n], short.loss)
