"""What a small batch does to the path of gradient descent: its noise, and what it costs."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import traitlets

from course_lib.batches import iterate_minibatches
from course_lib.networks import mlp
from course_lib.optimizers import SGD
from course_lib.training import minimize
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

SAMPLES, EPOCHS = 256, 8
SIZES = [2**k for k in range(9)]  # 1 … 256, the last of which is all samples
DRAWN = 256  # of a path's updates, evenly spread
START = -1.5, 2.5
DRAWS = 2048  # batches over which the noise is averaged
NET, LOSS = mlp([1, 1], ["linear"]), "mse"
ENDS = SETTLES, ON_ITS_WAY, WANDERS, TOO_FAST, DIVERGED = range(5)


class BatchNoise(Explorer):
    """Gradient descent on batches: a line fitted to 256 points, some of them at a time.

    Its two weights are the line's slope and height, so its full loss is a bowl. Every run sees
    each point eight times: 2,048 updates with single points, 8 with all of them at once.

    Parameters
    ----------
    **settings
        Where the sliders stand at first: ``batch_size`` (1 to 256, which is all points) and
        ``learning_rate`` (0.01 to 1.2).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> BatchNoise(batch_size=256, learning_rate=0.5).status
    'Batch size 256 (all points), learning rate 0.5: 8 updates, no gradient noise. It is still on \
its way, 0.08589 from the minimum after a start 3.668 away.'
    """

    batch_size = traitlets.Float().tag(sync=True)
    learning_rate = traitlets.Float().tag(sync=True)
    axes, pieces = ("batch_size", "learning_rate"), "batch_size"

    def __init__(self, **settings):
        place, side, seen, excess = plot_axes()
        by_size = ("batch_size",)
        self.codes = {
            "x": Code(self.axes, *scenes.reach(place)),
            "y": Code(self.axes, *scenes.reach(side)),
            "loss": Code(self.axes, 1e-12, 1e12, log=True),
            "seen": Code(by_size, 0, seen["high"]),
            **dict.fromkeys(("updates", "noise", "law", "full"), Code(by_size)),
            **dict.fromkeys(("outcome", "distance", "end"), Code(self.axes)),
            "first": Code(),
        }
        super().__init__(None, scene(), {"batch_size": 8, "learning_rate": 0.1} | settings)

    def compute(self, _, batch_size, learning_rate):
        """The runs of every batch size, all its learning rates side by side."""
        parts = [run(int(size), learning_rate) for size in batch_size]
        return {name: np.array([part[name] for part in parts]) for name in parts[0]} | {
            "full": batch_size == SAMPLES,
            "first": np.linalg.norm(START - line().best),
        }

    def texts(self, fixed):
        how = "Batch size {batch_size}[full: | (all points)], learning rate {learning_rate}: "
        how += "{updates update}, [full: gradient noise {noise} (the 1/B law says {law})|no "
        how += "gradient noise]. "
        away = "{distance} from the minimum"
        ends = {
            SETTLES: "It settles in the minimum.",
            ON_ITS_WAY: f"It is still on its way, {away} after a start {{first}} away.",
            WANDERS: f"It wanders about the minimum: in the last epoch {away} on average.",
            TOO_FAST: f"It does not settle: in the last epoch {away}, at first {{first}}.",
            DIVERGED: "It diverged at update {end}.",
        }
        return {"sentences": [how + ends[k] for k in ENDS], "notes": {}}


@dataclass(frozen=True, eq=False)
class Line:
    """The points, and what is known of their loss: it is a paraboloid about ``best``."""

    X: np.ndarray
    Y: np.ndarray
    best: np.ndarray
    curvatures: np.ndarray
    ways: np.ndarray
    slopes: np.ndarray  # of each point's own loss, at best

    def excess(self, places):
        """The full loss above its lowest value."""
        return ((places - self.best) @ self.ways) ** 2 @ self.curvatures / 2


@lru_cache(maxsize=1)
def line(seed=6):
    """256 points scattered about a line; curvatures 0.72 along its slope, 2 along its height."""
    rng = np.random.default_rng(seed)
    X, scatter = rng.normal(size=(SAMPLES, 1)), rng.normal(size=(SAMPLES, 1))
    X = 0.6 * (X - X.mean()) / X.std()
    Y = 1.5 * X + 0.5 + 0.8 * scatter
    features = np.hstack([X, np.ones_like(X)])
    best = np.linalg.lstsq(features, Y, rcond=None)[0].ravel()
    slopes = [NET.loss_and_grad(best, x[None], y[None], LOSS)[1] for x, y in zip(X, Y, strict=True)]
    return Line(X, Y, best, *np.linalg.eigh(2 * features.T @ features / SAMPLES), np.array(slopes))


def run(size, rates):
    """Eight epochs with batches of one size, at every rate."""
    per_epoch = -(-SAMPLES // size)
    n_steps = EPOCHS * per_epoch
    objective = NET.objective(line().X, line().Y, LOSS, batch_size=size, seed=1)
    start = np.tile(START, (len(rates), 1))
    history = minimize(objective, start, SGD(np.reshape(rates, (-1, 1))), n_steps)
    kept = np.arange(0, n_steps + 1, -(-n_steps // DRAWN))
    epoch, batch = np.divmod(kept, per_epoch)
    places = history.params[kept].transpose(1, 0, 2)
    with np.errstate(all="ignore"):  # runs that diverge may come close to the largest number
        away = np.sqrt(np.square(history.params - line().best).sum(axis=-1))
        losses = line().excess(places)
    return {
        "x": padded(places[..., 0]),
        "y": padded(places[..., 1]),
        "loss": padded(losses),
        "seen": padded(epoch * SAMPLES + batch * size),
        "updates": n_steps,
        "noise": noise(size),
        "law": noise_law(size),
        "outcome": outcome(rates, away, per_epoch, history.diverged),
        "distance": away[-per_epoch:].mean(axis=0),
        "end": history.diverged_at,
    }


def padded(values):
    """Columns for every batch size alike: what is NaN is not drawn."""
    full = np.full((*values.shape[:-1], DRAWN + 1), np.nan)
    full[..., : values.shape[-1]] = values
    return full


def outcome(rates, away, per_epoch, diverged):
    """How each run ends.

    A run is on its way as long as most of its distance is what is left of the start, which
    shrinks by 1 - lr · curvature at every step, with noise or without.
    """
    factors = 1 - np.outer(rates, line().curvatures)
    with np.errstate(all="ignore"):
        left = factors ** (len(away) - 1) * ((START - line().best) @ line().ways)
        left = np.sqrt(np.square(left).sum(axis=1))
    first, last = away[0], away[-per_epoch:]
    cases = {
        DIVERGED: diverged,
        TOO_FAST: (abs(factors).max(axis=1) > 1 - 1e-9) | (last.mean(axis=0) > first),
        SETTLES: last.max(axis=0) <= 1e-3 * first,
        ON_ITS_WAY: left > last.mean(axis=0) / 2,
    }
    return np.select(list(cases.values()), list(cases), WANDERS)


@lru_cache(maxsize=SAMPLES)
def noise(size):
    """Mean squared distance of a batch's gradient from the full one, at the minimum."""
    rng, found = np.random.default_rng(0), []
    while len(found) < DRAWS:
        found += [
            line().slopes[rows].mean(axis=0) for rows in iterate_minibatches(SAMPLES, size, rng)
        ]
        if size in (1, SAMPLES):  # there are no others
            break
    return np.square(found - line().slopes.mean(axis=0)).sum(axis=1).mean()


def noise_law(size):
    """What the noise should be: σ²/B, and less when a batch holds much of the n points.

    Drawn without replacement, batches of size B have the variance σ²/B · (n - B)/(n - 1). Where
    the last batch of an epoch is smaller, this is the mean over the epoch.
    """
    spread = np.square(line().slopes - line().slopes.mean(axis=0)).sum(axis=1).mean()
    sizes = np.minimum(size, SAMPLES - np.arange(0, SAMPLES, size))
    return (spread / sizes * (SAMPLES - sizes) / (SAMPLES - 1)).mean()


def rates():
    """About 32 decimals of two significant digits in every decade."""
    digits = [*range(10, 20), *range(20, 40, 2), *range(40, 100, 5)]
    return [*(float(f"{d}e{power}") for power in (-3, -2) for d in digits), 1.0, 1.1, 1.2]


def plot_axes():
    """Of the map, and of the loss."""
    return (
        scenes.axis("slope of the line", -2, 4),
        scenes.axis("height of the line", -1.5, 3),
        scenes.axis("points seen", 0, 1.03 * EPOCHS * SAMPLES),
        scenes.log_axis("loss above the lowest", -5, 2),
    )


def ground(place, side, cells=61):
    """The loss over the map, in even steps of its root."""
    x, y = (np.linspace(axis["low"], axis["high"], cells) for axis in (place, side))
    depth = np.sqrt(line().excess(np.stack(np.meshgrid(x, y), axis=-1))).ravel()
    values = {"x": x.round(3), "y": y.round(3), "values": (depth / depth.max()).round(3)}
    under = {"kind": "mesh", "colors": ["paper", "hill"], "alpha": 0.45}
    return under | {name: array.tolist() for name, array in values.items()}


def scene():
    """The map with the path, and the loss against the points seen."""
    place, side, seen, excess = plot_axes()
    minimum = scenes.marks([line().best], "diamond", "minimum")
    walk = {"kind": "path", "color": "path"}
    path = walk | {"x": "x", "y": "y", "ends": ["start", "end"]}
    return {
        "title": f"A line fitted to {SAMPLES} points, some at a time",
        "description": f"Left: a map of the full loss with the path of the updates in {EPOCHS} "
        f"epochs, of which up to {DRAWN} are drawn. Right: the full loss above its lowest value, "
        "against the points seen. Gradient noise is the mean squared distance of a batch's "
        "gradient from the full gradient, measured at the minimum.",
        "pieces": "batch_size",
        "controls": [
            scenes.slider("batch_size", "Batch size", SIZES, whole=True),
            scenes.slider("learning_rate", "Learning rate", rates()),
        ],
        "panels": [
            scenes.panel(
                "The path; \N{BLACK DIAMOND} is the minimum",
                place,
                side,
                [ground(place, side), minimum, path],
            ),
            scenes.panel("The loss", seen, excess, [walk | {"x": "seen", "y": "loss"}]),
        ],
    }
