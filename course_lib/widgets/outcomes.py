"""What became of each run, in the words the course uses.

A run *converges* at the first step from which its distance to a minimum stays within a
thousandth of what it was at the start. It *oscillates* if it converges but on the way changes
sides along the stiffest axis, that of the largest curvature. It *diverges* as ``History`` says.
"""

from dataclasses import dataclass

import numpy as np

from course_lib.training import minimize

CLOSE = 1e-3
FLAT = 1e-9  # a gradient that has come to rest
TAIL = 100  # the last steps, which show where a run has settled
STEADY = 0.98  # a tail at least this much as wide as the one before is not shrinking


@dataclass(frozen=True)
class Outcome:
    """One entry per run; see ``follow``."""

    minimum: np.ndarray
    converged_at: np.ndarray
    crossings: np.ndarray
    diverged_at: np.ndarray
    stuck: np.ndarray
    restless: np.ndarray


def follow(landscape, start, optimizer, n_steps):
    """Run the optimizer from every start at once, and judge every run.

    Returns
    -------
    history : History
        Of stacked runs, one per row of ``start``.
    outcome : Outcome
        ``minimum``: index of the nearest minimum at the end (-1: none). ``converged_at``,
        ``diverged_at``: a step, or -1. ``crossings``: changes of side until then. ``stuck``: at
        rest where there is no minimum. ``restless``: still jumping to and fro, as widely as ever.
    """
    history = minimize(landscape, start, optimizer, n_steps)
    with np.errstate(all="ignore"):  # what diverges overflows
        return history, judge(landscape, history)


def judge(landscape, history):
    """The ``Outcome`` of stacked runs."""
    end = np.nan_to_num(history.params[-1])
    minimum = converged_at = np.full(len(end), -1)
    crossings = np.zeros(len(end), dtype=int)
    if len(landscape.minima):
        minimum = np.linalg.norm(end[:, None] - landscape.minima, axis=-1).argmin(axis=1)
        away = history.params - landscape.minima[minimum]
        distance = np.linalg.norm(away, axis=-1)
        converged_at = first_to_stay(distance <= CLOSE * distance[0])
        crossings = changes_of_side(stiff_part(landscape, minimum, away), converged_at)
    lost = (converged_at < 0) & ~history.diverged
    stuck = lost & (np.linalg.norm(landscape(end)[1], axis=-1) <= FLAT)
    restless = lost & ~stuck & to_and_fro(history.params) & ~shrinking(history.params)
    return Outcome(minimum, converged_at, crossings, history.diverged_at, stuck, restless)


def first_to_stay(close):
    """First step from which ``close`` holds to the end, per run; -1 if it does not."""
    n_steps = len(close)
    held = np.logical_and.accumulate(close[::-1], axis=0).sum(axis=0)
    return np.where(held > 0, n_steps - held, -1)


def changes_of_side(values, until):
    """How often each run's values change sign up to step ``until``."""
    sides = np.sign(values)
    steps = np.arange(1, len(sides))[:, None]
    return ((sides[1:] * sides[:-1] < 0) & (steps <= until)).sum(axis=0)


def stiff_part(landscape, minimum, away):
    """How far each run is from its minimum along that minimum's stiffest axis."""
    _, vectors = np.linalg.eigh(landscape.hessian(landscape.minima))
    return np.einsum("srn,rn->sr", away, vectors[minimum, :, -1])


def to_and_fro(params):
    """Whether some of the last steps turn back on the one before."""
    steps = np.diff(params[-TAIL:], axis=0)
    return ((steps[1:] * steps[:-1]).sum(axis=-1) < 0).any(axis=0)


def shrinking(params):
    """Whether the last steps get shorter one by one and cover less ground than those before."""
    now, before = params[-TAIL:], params[-2 * TAIL : -TAIL]
    sizes = np.linalg.norm(np.diff(now, axis=0), axis=-1)
    narrower = np.ptp(now, axis=0).max(axis=-1) < STEADY * np.ptp(before, axis=0).max(axis=-1)
    return (sizes[2:] < sizes[:-2]).all(axis=0) & narrower


def largest_curvature(landscape):
    """The largest eigenvalue of the Hessian at the global minimum, or else at the origin."""
    place = landscape.minima[0] if len(landscape.minima) else np.zeros(landscape.n_params)
    return float(np.linalg.eigvalsh(landscape.hessian(place))[-1])


def is_quadratic(landscape):
    """Whether the curvature is the same everywhere."""
    corners = landscape.hessian(np.array([landscape.start, *landscape.bounds.T]))
    return bool(np.allclose(corners, corners[0]))
