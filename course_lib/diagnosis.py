"""Diagnosis: what two curves, training and validation loss, say about a training run.

The rules compare a curve with itself: how far it fell in all, how it has moved of late, and how
much it jitters from epoch to epoch. No rule asks whether a loss is below some fixed number, since
guessing costs 0.69 with two classes and 2.30 with ten.
"""

from dataclasses import dataclass

import numpy as np

from course_lib import checks

RECENT = 4  # epochs, or a third of all if that is more
SHORT = 24  # epochs, below which a third of them is too few to see a fall through the jitter

# Shares of what a curve has fallen in all, of its start where a line says so.
CLIMB = 0.1  # of its start: a training loss should fall, so this much upwards is no accident
LEAP = 2.0  # of its start, above it: too far for any jitter, even where one epoch is all there is
LEARNED = 0.05  # of its start: less of a fall could be what the biases alone bring
SHARED = 0.2  # of the training loss's fall: a network that generalises passes on at least this
LOST = 0.05  # between the best and where it settled: early stopping would have been worth it
RISE = 0.005  # of a validation loss: small, as a loss that ought to fall has no reason to rise
FALL = 0.02  # slower than that, a third of a run more would change little
CHANCE = 0.8  # of what guessing costs: not much better than guessing

# Standard deviations of the jitter. One in hundreds of trends through pure noise reaches the
# first; a difference of two single epochs, or the lowest of many, strays further.
TREND, STEP, DEPTH = 3, 4, 5

ADVICE = {
    "diverging": "Lower the learning rate, perhaps tenfold; clip the gradient.",
    "underfitting": "It has hardly learned: try another learning rate, a wider or deeper network, "
    "another initialisation; look at the data.",
    "overfitting": "Go back to epoch {best} (early stopping does so); then more data, a smaller "
    "network or weight decay.",
    "converged": "Neither loss moves any more: stop here, or lower the learning rate once.",
    "training": "Still on its way: go on.",
}


@dataclass(frozen=True)
class Diagnosis:
    """What ``diagnose`` found; print it for a sentence.

    Attributes
    ----------
    label : str
        One of diverging, underfitting, overfitting, converged, training.
    advice : str
        What to try next.
    best_epoch : int or None
        The epoch of the lowest validation loss, counted from 0; None if every one is NaN.
    """

    label: str
    advice: str
    best_epoch: int | None

    def __str__(self):
        return f"{self.label}: {self.advice}"


def diagnose(train_loss, val_loss, chance_loss=None):
    """Judge a training run by its curves.

    The first of these that holds is the label:

    - *diverging*: a loss is NaN or infinite, or the training loss rises.
    - *overfitting*: the training loss fell, but the validation loss rises, has settled above
      its best, or never got better.
    - *underfitting*: the training loss has settled near ``chance_loss``, or near its start.
    - *converged*: both losses have settled.
    - *training*: anything else; go on.

    A move counts if it is large against the jitter of its curve and against what there was to
    fall. So noise is no trend, and a validation loss that rises is never "converged".

    Parameters
    ----------
    train_loss, val_loss : arrays of shape (n_epochs,)
        NaN and infinity are welcome; they say much.
    chance_loss : float, optional
        What guessing costs, such as ``log(n_classes)`` for a cross-entropy; > 0.

    Returns
    -------
    Diagnosis

    Raises
    ------
    ValueError, TypeError
        If the curves are not two series of the same length, or ``chance_loss`` is not > 0.

    Examples
    --------
    >>> print(diagnose([0.9, 0.5, 0.3, 0.2, 0.1, 0.05], [0.9, 0.6, 0.5, 0.55, 0.6, 0.7]))
    overfitting: Go back to epoch 2 (early stopping does so); then more data, a smaller network \
or weight decay.
    >>> diagnose([0.7, 0.5, float("nan")], [0.7, 0.6, 0.6]).label
    'diverging'
    """
    problem = (
        checks.curve("train_loss", train_loss)
        or checks.curve("val_loss", val_loss, len(train_loss))
        or (chance_loss is not None and checks.amount("chance_loss", chance_loss))
    )
    if problem:
        raise problem
    train, val = np.asarray(train_loss, float), np.asarray(val_loss, float)
    best = None if np.isnan(val).all() else int(np.nanargmin(val))
    with np.errstate(all="ignore"):  # an exploding loss may be too large to work with
        label = _label(train, val, chance_loss)
    return Diagnosis(label, ADVICE[label].format(best=best), best)


def _label(train, val, chance):
    if not (np.isfinite(train).all() and np.isfinite(val).all()):
        return "diverging"
    train, val = _Curve(train), _Curve(val)
    much = max(train.scale, abs(train.start))
    if train.moved(up=CLIMB, of=much) or train.level > train.start + LEAP * much:
        return "diverging"
    if train.n < RECENT:
        return "training"
    fell = train.start - train.level
    learned = fell > max(LEARNED * abs(train.start), STEP * train.jitter)
    never_better = val.start - val.level < SHARED * fell
    past_its_best = val.level > val.best + max(LOST * val.scale, DEPTH * val.jitter)
    rises, falls = val.moved(up=RISE), val.moved(down=FALL)
    if learned and not falls and (rises or never_better or past_its_best):
        return "overfitting"
    reference = train.start if chance is None else chance
    if train.level > CHANCE * reference and not train.moved(down=FALL, of=reference):
        return "underfitting"
    falling = [curve.moved(down=FALL, half=curve.n < SHORT) for curve in (train, val)]
    return "training" if rises or any(falling) else "converged"


class _Curve:
    """A series of losses, and how it moves."""

    def __init__(self, losses):
        self.losses, self.n = losses, len(losses)
        self.start, self.best = losses[0], losses.min()
        self.level = np.median(losses[-RECENT:]) if self.n > RECENT else losses[-1]
        self.scale = max(self.start - self.best, LEARNED * abs(self.start))
        # Third differences leave out any smooth course; their spread is √20 that of the jitter,
        # and 1.4826 medians of a normal variable's size are its standard deviation.
        rest = np.diff(losses, 3)
        self.jitter = 1.4826 * np.median(np.abs(rest)) / np.sqrt(20) if rest.size > 1 else 0.0

    def moved(self, up=None, down=None, of=None, half=False):
        """Whether of late it rose (fell) by more than this share of its scale, and than chance.

        A slow rise may take half of the run to show; so may a fall, if ``half`` says so.
        """
        sign, share = (1, up) if down is None else (-1, down)
        for n in (RECENT, self.n // 3, self.n // 2 if up or half else 0):
            if RECENT <= n <= self.n:
                t = np.arange(n) - (n - 1) / 2
                change = (n - 1) * (t @ self.losses[-n:]) / (t @ t)  # along a straight line
                chance = (n - 1) * TREND * self.jitter / np.sqrt(t @ t)
                if sign * change > max(share * (of or self.scale), chance):
                    return True
        return False
