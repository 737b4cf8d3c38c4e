"""The explorer of patience and noise, against a plain loop and what must be so."""

import numpy as np
import pytest

from course_lib.widgets import Patience, patience, tables


def by_hand(losses, wait):
    """The best epoch and the last one seen, with nothing of the library."""
    best, worse = None, 0
    for epoch, loss in enumerate(losses):
        if best is None or loss < losses[best]:
            best, worse = epoch, 0
        else:
            worse += 1
        if worse == wait:
            break
    return best, epoch


@pytest.fixture(scope="module")
def plane():
    explorer = Patience()
    explorer._show()
    return explorer.plane


def test_every_run_ends_where_a_plain_loop_ends(plane):
    for wait in plane["axes"]["patience"]:
        for noise in plane["axes"]["noise"]:
            settings = {"patience": wait, "noise": noise, "draw": 4}
            frame = tables.frame(plane, settings)
            losses = patience.noisy(noise, 4)
            assert (frame["kept"], frame["stopped"]) == by_hand(losses, wait)
            assert frame["loss"] == pytest.approx(losses, abs=1e-3)
            assert frame["kept_loss"] == pytest.approx(losses[int(frame["kept"])], abs=1e-6)


def test_without_noise_every_patience_keeps_the_best_epoch(plane):
    assert abs(12 * np.log(40 / 3) - patience.BEST) < 0.5  # where the slope is 0
    for wait in plane["axes"]["patience"]:
        frame = tables.frame(plane, {"patience": wait, "noise": 0, "draw": 1})
        assert (frame["kept"], frame["price"]) == (patience.BEST, 0)
        assert frame["stopped"] == patience.BEST + wait


def test_more_noise_wants_more_patience(plane):
    kept = tables.unpack(plane["tables"]["kept"])
    short, long = kept[0].mean(axis=1), kept[-1].mean(axis=1)
    assert (np.diff(short) <= 0).all() and short[-1] < 10
    assert long.min() > 25


def test_the_sentence_says_what_is_seen():
    explorer = Patience(patience=40, noise=0, draw=2)
    assert explorer.status.endswith("stops after epoch 71 and keeps epoch 31, the best.")
    explorer.noise, explorer.patience = 0.1, 1
    assert "worse than the best, epoch 31" in explorer.status
    with pytest.raises(ValueError, match="patience: expected a number from 1 to 40"):
        Patience(patience=0)


def test_the_line_to_copy_shows_the_picture_again():
    one = Patience(patience=7, noise=0.05, draw=9)
    assert eval(one.call).status == one.status
