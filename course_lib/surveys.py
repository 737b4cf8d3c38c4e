"""A map of a function of your own, so that plots and explorers can show it.

The landscapes of the course know where their minima are. A function that somebody has just
written does not; but it can be surveyed. Its curvature is measured, and walkers from many places
look for the minima.
"""

import numpy as np

from course_lib import checks
from course_lib.landscapes import Landscape

STARTS = 15  # walkers along each side of the map
STEPS = 60  # each takes; Newton's method needs few
NEAR = 1e-4  # minima closer than this part of the map are one


def survey(objective, start, bounds):
    r"""A ``Landscape`` of your own function of one or two weights.

    The Hessian is measured by central differences of your gradient,
    :math:`H_{ij} \approx (g_j(w + h e_i) - g_j(w - h e_i)) / 2h`, and the minima inside the
    bounds are found by Newton's method with ``|H|`` in place of ``H``, which leads away from
    saddles and maxima (Dauphin et al., 2014).

    Parameters
    ----------
    objective : function
        ``objective(params) -> (loss, grad)``, or ``(params, step)``. It may take one place or
        many at once.
    start : array of shape (n,)
        Where to begin, n = 1 or 2.
    bounds : array of shape (n, 2)
        The lowest and the highest value of each weight worth drawing.

    Returns
    -------
    Landscape

    Raises
    ------
    ValueError, TypeError
        If an argument, or what the objective returns, does not fit.

    References
    ----------
    Y. Dauphin et al., "Identifying and attacking the saddle point problem in high-dimensional
    non-convex optimization", 2014.

    Examples
    --------
    >>> def bowl(w):
    ...     return (w[0] - 1) ** 2 + 3 * w[1] ** 2, np.array([2 * (w[0] - 1), 6 * w[1]])
    >>> place = survey(bowl, start=[3.0, 2.0], bounds=[(-4, 4), (-4, 4)])
    >>> place.minima.round(6) + 0.0, place.hessian([0.0, 0.0]).round(4)
    (array([[1., 0.]]), array([[2., 0.],
           [0., 6.]]))
    """
    if problem := _problem(objective, start, bounds):
        raise problem
    start, bounds = np.array(start, float), np.array(bounds, float)
    ask = objective if checks.takes_step(objective) else lambda w, step: objective(w)
    if problem := checks.loss_and_grad(ask(start.copy(), 0), start.shape):
        raise problem
    answer = _at_once(ask) if _takes_many(ask, bounds) else _one_by_one(ask)
    nudges = 1e-5 * np.ptp(bounds, axis=1)

    def slopes(*coordinates):
        grad = answer(np.stack(coordinates, axis=-1))[1]
        return [grad[..., i] for i in range(len(start))]

    def curvatures(*coordinates):
        rows = []
        for i, nudge in enumerate(nudges):
            up, down = (
                slopes(*(c + way * nudge * (i == j) for j, c in enumerate(coordinates)))
                for way in (1, -1)
            )
            rows.append([(u - d) / (2 * nudge) for u, d in zip(up, down, strict=True)])
        return [[(row[j] + rows[j][i]) / 2 for j in range(len(row))] for i, row in enumerate(rows)]

    for array in (start, bounds):
        array.flags.writeable = False
    name = getattr(objective, "__name__", type(objective).__name__)
    facts = {"_slopes": slopes, "_curvatures": curvatures}
    facts["_loss"] = lambda *coordinates: answer(np.stack(coordinates, axis=-1))[0]
    call = f"survey({name}, {start.tolist()}, {bounds.tolist()})"
    unknown = Landscape(call, name, start, bounds, np.empty((0, len(start))), **facts)
    return Landscape(call, name, start, bounds, _minima(unknown), **facts)


def _minima(landscape):
    """Every minimum inside the bounds that walkers from a grid of places find."""
    low, high = landscape.bounds.T
    sides = [np.linspace(*side, STARTS) for side in landscape.bounds]
    places = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, len(low))
    longest = 0.1 * (high - low)
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            step, _ = _newton(landscape, places)
            places = np.clip(places - np.clip(step, -longest, longest), low, high)
        step, curvature = _newton(landscape, places)
    arrived = (np.abs(step) < 1e-6 * (high - low)).all(axis=1) & (curvature > 0)
    found = []
    for place in sorted(places[arrived], key=lambda place: float(landscape(place)[0])):
        if all((np.abs(place - other) > NEAR * (high - low)).any() for other in found):
            found.append(place)
    minima = np.reshape(found, (-1, len(low)))
    minima.flags.writeable = False
    return minima


def _newton(landscape, places):
    """The step of each walker, and the smallest curvature where it stands."""
    values, axes = np.linalg.eigh(np.nan_to_num(landscape.hessian(places)))
    grad = np.nan_to_num(landscape(places)[1])
    along = (axes * grad[:, :, None]).sum(axis=1) / np.maximum(np.abs(values), 1e-12)
    return (axes * along[:, None]).sum(axis=2), values[:, 0]


def _at_once(ask):
    def answer(places):
        told = ask(places, 0)
        pair = isinstance(told, (tuple, list)) and len(told) == 2
        if not pair or np.shape(told[1]) != places.shape:
            raise checks.loss_and_grad(told, places.shape)
        return tuple(np.array(part, float) for part in told)  # copies: it may use its arrays again

    return answer


def _one_by_one(ask):
    kept = _at_once(ask)

    def answer(places):
        answers = [kept(place.copy()) for place in places.reshape(-1, places.shape[-1])]
        losses, grads = (np.array(part) for part in zip(*answers, strict=True))
        return losses.reshape(places.shape[:-1]), grads.reshape(places.shape)

    return answer


@np.errstate(all="ignore")
def _takes_many(ask, bounds):
    """Whether the function gives for many places at once what it gives for each alone."""
    inside = [[0.21, 0.67], [0.83, 0.34], [0.55, 0.12], [0.4, 0.9]]
    mix = np.array([*inside, [0, 0], [0, 1], [1, 0], [1, 1]])[:, : len(bounds)]
    places = (bounds[:, 0] + mix * np.ptp(bounds, axis=1)).reshape(2, 4, -1)
    try:
        together, alone = _at_once(ask)(places), _one_by_one(ask)(places)
        return all(
            a.shape == b.shape and bool(np.allclose(a, b, equal_nan=True))
            for a, b in zip(together, alone, strict=True)
        )
    except Exception:  # whatever it is that it cannot do
        return False


def _problem(objective, start, bounds):
    if problem := checks.function("objective", objective, "params -> (loss, grad)"):
        return problem
    if problem := checks.vector("start", start) or checks.finite("start", start):
        return problem
    if np.ndim(start) != 1 or not 1 <= len(start) <= 2:
        return checks.wrong(ValueError, "start", "one or two numbers, such as [4.0, 3.0]", start)
    if problem := checks.numeric("bounds", bounds) or checks.finite("bounds", bounds):
        return problem
    sides = np.asarray(bounds, float)
    if sides.shape != (len(start), 2) or (sides[:, 0] >= sides[:, 1]).any():
        wanted = f"{len(start)} pair(s) (lowest, highest), such as [(-5, 5)] for one weight"
        return checks.wrong(ValueError, "bounds", wanted, bounds)
    return None
