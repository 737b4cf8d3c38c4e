"""What the explorers of one weight share: the curve, and the words for what a run does on it."""

import numpy as np
import traitlets

from course_lib.optimizers import SGD
from course_lib.widgets import outcomes, scenes
from course_lib.widgets.explorer import Explorer, landscape_problem
from course_lib.widgets.tables import Code
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
    "never settles: goes round {period} places between {low} and {high} for ever.",
    "never settles: wanders between {low} and {high}.",
    "never settles: wanders farther than the picture shows.",
    "not there yet: w = {last} after %s.",
)
DIVERGED, GROWING, STUCK, JUMPS, ROUND, WANDERS, WANDERS_FAR, UNDERWAY = range(len(OTHERS))
VERDICT = ("outcome", "steps", "crossings", "last", "period", "low", "high")
AGAIN = 1e-5  # how closely a value must come back to count as the same
TINY = 1e-6  # growth of a trap that no longer counts
LONGEST = 16  # steps before it must come back


class OneWeight(Explorer):
    """Gradient descent on a curve; subclasses say what is drawn of it.

    They name their tables of weights, heights and losses above the floor, how many steps they
    draw (``shown``) and take (``followed``), and their ``scene_of`` a landscape.
    """

    learning_rate = traitlets.Float().tag(sync=True)
    start = traitlets.Float().tag(sync=True)
    axes = ("learning_rate",)

    weights, heights, losses = (), (), ()
    shown = followed = 0

    def __init__(self, landscape, **settings):
        if problem := landscape_problem("landscape", landscape, n_params=1):
            raise problem
        place, height = curve_axes(landscape)
        loss, _ = scenes.loss_axis(landscape)
        self.codes = (
            dict.fromkeys(VERDICT, Code(self.axes))
            | dict.fromkeys(self.weights, Code(self.axes, *scenes.reach(place)))
            | dict.fromkeys(self.heights, Code(self.axes, *scenes.reach(height)))
            | dict.fromkeys(self.losses, scenes.loss_code(self.axes, loss))
            | dict.fromkeys(("limits", "start_height"), Code())
        )
        given = {"learning_rate": 0.1, "start": landscape.start[0]} | settings
        super().__init__(landscape, self.scene_of(landscape), given)

    def scene_of(self, landscape):
        """What is drawn of this landscape."""
        raise NotImplementedError

    def texts(self, fixed):
        return {
            "sentences": sentences(self.subject, self.shown, self.followed),
            "notes": {"learning_rate": limit_note(self.subject)},
        }


def judged(landscape, learning_rate, start, shown, followed):
    """Descend with every rate, and say how each run ends.

    Returns
    -------
    w, loss : arrays of shape (n_rates, followed + 1)
    verdict : dict of arrays of shape (n_rates,)
        ``outcome`` counts ``sentences(...)``; the others are the numbers these quote.
    """
    n = len(learning_rate)
    optimizer = SGD(lr=learning_rate[:, None])
    history, ends = outcomes.follow(landscape, np.full((n, 1), start), optimizer, followed)
    w, loss = history.params[..., 0].T, history.loss.T
    at, beyond = ends.diverged_at, np.zeros(n, dtype=bool)
    if outcomes.is_quadratic(landscape):
        beyond = learning_rate > limits(landscape)[0]
    period = returns_after(w)
    low, high = w[:, -LONGEST:].min(axis=1), w[:, -LONGEST:].max(axis=1)
    for i in np.flatnonzero(ends.restless & (period == 0)):
        tail = w[i, followed // 4 :]
        low[i], high[i] = trap(landscape, learning_rate[i], tail.min(), tail.max())

    late, oscillates = ends.converged_at > shown, ends.crossings > 0
    others = 4 * len(landscape.minima)
    cases = [
        (ends.converged_at >= 0, 4 * ends.minimum + 2 * late + oscillates),
        ((at >= 0) & (at <= shown), others + DIVERGED),
        ((at >= 0) | beyond, others + GROWING),
        (ends.stuck, others + STUCK),
        (ends.restless & (period == 2), others + JUMPS),
        (ends.restless & (period > 2), others + ROUND),
        (ends.restless & np.isfinite(low), others + WANDERS),
        (ends.restless, others + WANDERS_FAR),
    ]
    verdict = {
        "outcome": np.select(*zip(*cases, strict=True), others + UNDERWAY),
        "steps": np.where(at >= 0, at, ends.converged_at),
        "crossings": ends.crossings,
        "last": np.where(ends.stuck, w[:, -1], w[:, shown]),
        "period": period,
        "low": low,
        "high": high,
    }
    return w, loss, verdict


def returns_after(w):
    """After how many steps each run comes back to the same places; 0 if it does not."""
    period = np.zeros(len(w), dtype=int)
    for steps in range(LONGEST, 1, -1):
        back = np.abs(w[:, -LONGEST:] - w[:, -LONGEST - steps : -steps]).max(axis=1)
        period[back <= AGAIN] = steps
    return period


def trap(landscape, lr, low, high):
    """The smallest interval around the places seen that no step can leave, to two decimals.

    A chaotic run forgets its start: which places 300 steps have seen depends on the last digit
    of the first. The interval it fills does not. Its ends are where the map ``w - lr f'(w)``
    turns back, so it grows from what was seen until a step from anywhere inside stays inside.
    NaN if that is far wider than the landscape.
    """
    grid = np.linspace(*scenes.widened(landscape.bounds[0], 0.5), 4001)
    slope = 1 - lr * landscape.hessian(grid[:, None])[:, 0, 0]
    turns = np.flatnonzero(slope[1:] * slope[:-1] < 0)
    turns = grid[turns] + np.diff(grid)[0] * slope[turns] / (slope[turns] - slope[turns + 1])

    while grid[0] < low and high < grid[-1]:
        inside = np.array([low, high, *turns[(low < turns) & (turns < high)]])
        landed = inside - lr * landscape(inside[:, None])[1][:, 0]
        if landed.min() >= low - TINY and landed.max() <= high + TINY:
            return np.round([low, high], 2)
        low, high = min(low, landed.min()), max(high, landed.max())
    return np.nan, np.nan


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
    # Far beyond every limit a run is chaotic before it goes: when it goes, nobody can say.
    others[DIVERGED] = f"diverged{why}." if shown == followed else others[DIVERGED] % why
    others[GROWING] %= why
    more = "" if shown == followed else f", still on its way after {followed}"
    others[UNDERWAY] %= f"{shown} steps{more}"
    opening = "Learning rate {learning_rate} from start {start}: "
    return [opening + sentence for sentence in ends + others]


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
