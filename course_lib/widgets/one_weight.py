"""What the explorers of one weight share: the curve, and the words for what a run does on it."""

import numpy as np

from course_lib.optimizers import SGD
from course_lib.widgets import outcomes, scenes
from course_lib.widgets.words import number

ENDINGS = (
    "converged in {steps step} to %s.",
    "oscillates ({crossings overshoot}), converged in {steps step} to %s.",
)
OTHERS = (
    "diverged at step {steps}%s.",
    "growing: will diverge%s.",
    "stuck on the maximum at w = {last}. The gradient is zero there, so the run stays.",
    "never settles: jumps between {low} and {high} for ever.",
    "never settles: wanders between {low} and {high}.",
    "never settles: wanders to and fro.",
    "not there yet: w = {last} after %s.",
)
DIVERGED, GROWING, STUCK, JUMPS, WANDERS, WANDERS_FAR, UNDERWAY = range(len(OTHERS))
VERDICT = ("outcome", "steps", "crossings", "last", "low", "high")
AGAIN = 1e-5  # how closely a value must come back to count as the same


def judged(landscape, learning_rate, start, shown, followed):
    """Descend with every rate, and say how each run ends.

    Returns
    -------
    w, loss : arrays of shape (n_rates, followed + 1)
    verdict : dict of arrays of shape (n_rates,)
        ``outcome`` counts ``sentences(...)``; the others are the numbers these quote.
    """
    n, tiny = len(learning_rate), np.spacing(start)
    # Twins that start a rounding error away tell which digits of a chaotic run can be trusted.
    starts = np.repeat([start, start - tiny, start + tiny], n)[:, None]
    optimizer = SGD(lr=np.tile(learning_rate, 3)[:, None])
    history, all_ends = outcomes.follow(landscape, starts, optimizer, followed)
    ends = outcomes.Outcome(*(values[:n] for values in vars(all_ends).values()))
    w, loss = history.params[:, :n, 0].T, history.loss[:, :n].T

    again = np.abs(w[:, -1] - w[:, -3]) <= AGAIN
    low, high, trusted = band(history.params[followed // 4 :].reshape(-1, 3, n))
    low = np.where(again, w[:, -2:].min(axis=1), low)
    high = np.where(again, w[:, -2:].max(axis=1), high)

    at, beyond = ends.diverged_at, np.zeros(n, dtype=bool)
    if outcomes.is_quadratic(landscape):
        beyond = learning_rate > limits(landscape)[0]
    late, oscillates = ends.converged_at > shown, ends.crossings > 0
    others = 4 * len(landscape.minima)
    outcome = np.select(
        [
            ends.converged_at >= 0,
            (at >= 0) & (at <= shown),
            (at >= 0) | beyond,
            ends.stuck,
            ends.restless & again,
            ends.restless & trusted,
            ends.restless,
        ],
        [
            4 * ends.minimum + 2 * late + oscillates,
            *(others + i for i in (DIVERGED, GROWING, STUCK, JUMPS, WANDERS, WANDERS_FAR)),
        ],
        others + UNDERWAY,
    )
    verdict = {
        "outcome": outcome,
        "steps": np.where(at >= 0, at, ends.converged_at),
        "crossings": ends.crossings,
        "last": np.where(ends.stuck, w[:, -1], w[:, shown]),
        "low": low,
        "high": high,
    }
    return w, loss, verdict


def sentences(landscape, shown, followed):
    """Every sentence that ``outcome`` can ask for."""
    late = f" The first {shown} steps are drawn."
    ends = [
        (ending % place) + more
        for place in places(landscape)
        for more in ("", late)
        for ending in ENDINGS
    ]
    why = ""
    if outcomes.is_quadratic(landscape):
        why = f"; the stability limit is {number(limits(landscape)[0])}"
    others = list(OTHERS)
    others[DIVERGED] %= why
    others[GROWING] %= why
    more = "" if shown == followed else f", still on its way after {followed}"
    others[UNDERWAY] %= f"{shown} steps{more}"
    opening = "Learning rate {learning_rate} from start {start}: "
    return [opening + sentence for sentence in ends + others]


def band(tails):
    """The lowest and the highest place of each run, in the digits its twins agree on.

    ``tails`` has the shape (n_steps, n_twins, n_runs). Returns ``low, high, trusted``.
    """
    edges = np.stack([tails.min(axis=0), tails.max(axis=0)])
    low_high, trusted = edges[:, 0], np.zeros(tails.shape[-1], dtype=bool)
    for decimals in (1, 2):
        rounded = np.round(edges, decimals)
        agreed = (rounded == rounded[:, :1]).all(axis=(0, 1))
        low_high, trusted = np.where(agreed, rounded[:, 0], low_high), trusted | agreed
    return *low_high, trusted


def limits(landscape):
    """The largest stable learning rate at each minimum, 2 / f''."""
    return 2 / landscape.hessian(landscape.minima)[:, 0, 0]


def places(landscape):
    """Each minimum in words."""
    return [
        f"the {name} at w = {number(w)}"
        for name, w in zip(names(landscape), landscape.minima[:, 0], strict=True)
    ]


def names(landscape):
    """What to call each minimum."""
    n = len(landscape.minima)
    return ["minimum"] if n == 1 else ["global minimum"] + ["local minimum"] * (n - 1)


def limit_note(landscape):
    """The stability limits in words."""
    numbers = [number(limit) for limit in limits(landscape)]
    mark = "2/f\N{DOUBLE PRIME} (marked \N{BLACK UP-POINTING TRIANGLE})"
    if len(numbers) == 1:
        return f"Stability limit {mark}: {numbers[0]}."
    each = [f"{n} at the {name}" for n, name in zip(numbers, names(landscape), strict=True)]
    return f"Stability limits {mark}: {' and '.join(each)}."


def curve_layers(landscape):
    """The curve and its minima."""
    w = landscape.minima[:, 0]
    leftmost = w == w.min()
    below = np.where(leftmost, "below left", "below right") if len(w) > 1 else ["below"]
    minima = {
        "kind": "marks",
        "x": w.tolist(),
        "y": landscape(landscape.minima)[0].tolist(),
        "shape": "diamond",
        "color": "minimum",
        "labels": names(landscape),
        "sides": list(map(str, below)),
    }
    return [scenes.curve(landscape), minima]


def curve_axes(landscape):
    """Axes that hold the curve, with room below for the names of its minima."""
    loss, _ = landscape(np.linspace(*landscape.bounds[0], 401)[:, None])
    low, high = scenes.widened(landscape.bounds[0], 0.05)
    room = 0.14 * np.ptp(loss)
    return (
        scenes.axis("weight w", low, high),
        scenes.axis(f"loss  {scenes.formula(landscape)}", loss.min() - room, loss.max() + room / 2),
    )
