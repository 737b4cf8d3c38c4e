"""Batches, clipping, early stopping: the small parts of training."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import course_lib as c
from course_lib import checks

GRADIENTS = arrays(float, (3, 5), elements=st.floats(-1e6, 1e6))


@given(n=st.integers(1, 60), size=st.integers(1, 60), seed=st.integers(0, 99))
def test_batches_hold_every_index_once_and_only_the_last_is_smaller(n, size, seed):
    size = min(size, n)
    batches = list(c.iterate_minibatches(n, size, seed))
    assert [len(rows) for rows in batches[:-1]] == [size] * (len(batches) - 1)
    np.testing.assert_array_equal(np.sort(np.concatenate(batches)), np.arange(n))


def test_one_generator_shuffles_every_epoch_anew_and_a_seed_always_alike():
    rng = np.random.default_rng(0)
    first, second = (np.concatenate(list(c.iterate_minibatches(50, 7, rng))) for _ in range(2))
    assert (first != second).any()
    again = np.concatenate(list(c.iterate_minibatches(50, 7, 0)))
    np.testing.assert_array_equal(first, again)


@given(GRADIENTS, st.floats(0.01, 1e3))
def test_clipping_by_norm_keeps_the_direction_and_each_runs_own_length(grad, limit):
    clipped = c.clip_by_norm(limit)(grad)
    before, after = (np.linalg.norm(g, axis=1) for g in (grad, clipped))
    np.testing.assert_allclose(after, np.minimum(before, limit), rtol=1e-9)
    np.testing.assert_allclose(
        clipped * before[:, None], grad * after[:, None], rtol=1e-6, atol=1e-3
    )
    single = c.clip_by_norm(limit)(grad[1])
    np.testing.assert_allclose(single, clipped[1], rtol=1e-12)


@given(GRADIENTS, st.floats(0.01, 1e3))
def test_clipping_by_value_leaves_small_entries_as_they_are(grad, limit):
    before = grad.copy()
    clipped = c.clip_by_value(limit)(grad)
    np.testing.assert_array_equal(grad, before)
    assert np.abs(clipped).max() <= limit
    small = np.abs(grad) <= limit
    np.testing.assert_array_equal(clipped[small], grad[small])
    np.testing.assert_array_equal(np.sign(clipped), np.sign(grad))


def test_torch_clips_alike():
    torch = pytest.importorskip("torch")
    grad = np.random.default_rng(1).normal(size=20) * 3
    tensor = torch.zeros(20, dtype=torch.float64, requires_grad=True)
    tensor.grad = torch.tensor(grad)
    torch.nn.utils.clip_grad_norm_([tensor], 2.0)
    np.testing.assert_allclose(c.clip_by_norm(2.0)(grad), tensor.grad.numpy(), rtol=1e-6)


def stopped_at(losses, **options):
    stopping = c.EarlyStopping(**options)
    for epoch, loss in enumerate(losses):
        if stopping.update(epoch, loss, np.array([epoch])):
            return epoch, stopping
    return None, stopping


@pytest.mark.parametrize(
    ("losses", "options", "stop", "best"),
    [
        ([3, 2, 1, 0], {"patience": 1}, None, 3),
        ([3, 2, 2, 2, 2], {"patience": 2}, 3, 1),
        ([3, 2, 4, 1, 5, 6, 7], {"patience": 3}, 6, 3),
        ([1.0, 0.95, 0.91, 0.85], {"patience": 3, "min_delta": 0.1}, None, 3),
        ([1.0, 0.95, 0.91], {"patience": 2, "min_delta": 0.1}, 2, 0),
        ([1.0, np.nan, np.nan], {"patience": 2}, 2, 0),
        ([np.nan, np.nan], {"patience": 2}, 1, None),
    ],
)
def test_early_stopping_by_hand(losses, options, stop, best):
    epoch, stopping = stopped_at(losses, **options)
    assert epoch == stop and stopping.best_epoch == best
    if best is not None:
        assert stopping.best_loss == losses[best]
        np.testing.assert_array_equal(stopping.best_params, [best])


@given(st.lists(st.floats(0, 10), min_size=1, max_size=30), st.integers(1, 5))
def test_early_stopping_stops_patience_epochs_after_the_best(losses, patience):
    epoch, stopping = stopped_at(losses, patience=patience)
    seen = losses if epoch is None else losses[: epoch + 1]
    assert stopping.best_loss == min(seen)
    assert stopping.best_epoch == int(np.argmin(seen))
    assert epoch is None or epoch - stopping.best_epoch == patience


def test_the_best_params_are_a_copy():
    stopping, params = c.EarlyStopping(3), np.array([1.0])
    stopping.update(0, 1.0, params)
    params[0] = 9
    assert stopping.best_params == [1.0]


@pytest.mark.parametrize(
    ("objective", "takes"),
    [
        (lambda w: w, False),
        (lambda w, step: w, True),
        (lambda w, step=0: w, True),
        (lambda w, t: w, True),
        (lambda w, k=3: w, False),
        (lambda w, *, step: w, False),
        (lambda *both: both, True),
    ],
)
def test_a_second_parameter_with_a_default_of_its_own_is_no_step(objective, takes):
    assert checks.takes_step(objective) is takes


@pytest.mark.parametrize("limit", [0.01, 1.0, 5.0, 1e15])
@pytest.mark.parametrize(("size", "kind"), [(1e200, np.float64), (1e20, np.float32)])
def test_a_gradient_whose_square_overflows_is_shortened_to_the_limit(size, kind, limit):
    grad = np.array([[3 * size, -4 * size], [3e-3, 4e-3]], kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clipped = c.clip_by_norm(limit)(grad)
        lost = c.clip_by_norm(limit)(np.array([np.inf, 1.0]))
        longer_limit = c.clip_by_norm(10 * size)(grad)
    np.testing.assert_allclose(clipped, [[0.6 * limit, -0.8 * limit], [3e-3, 4e-3]], rtol=1e-6)
    assert clipped.dtype == kind and np.isnan(lost).any()
    np.testing.assert_allclose(longer_limit, grad, rtol=1e-6)


def test_a_validation_loss_may_stand_in_an_array():
    stopping = c.EarlyStopping(1)
    assert [stopping.update(0, np.array([2.0]), [0]), stopping.update(1, np.array(3), [0])] == [
        False,
        True,
    ]
    assert stopping.best_loss == 2.0 and np.ndim(stopping.best_loss) == 0


def test_early_stopping_shows_what_it_waits_for():
    assert repr(c.EarlyStopping(3)) == "EarlyStopping(patience=3, min_delta=0.0)"


def test_adam_says_where_it_does_not_correct_its_averages():
    plain = "Adam(lr=0.1, beta1=0.9, beta2=0.999)"
    assert repr(c.Adam(0.1)) == plain
    assert repr(c.Adam(0.1, bias_correction=False)) == f"{plain[:-1]}, bias_correction=False)"
