"""Landscapes: losses of one or two parameters, small enough to see.

A landscape is an objective, ``landscape(params) -> (loss, grad)``, that also knows what a map
would show: where to start, what part to draw, where the minima are and how the ground curves.
The last axis of ``params`` holds the coordinates; any axes before it are many places at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course_lib import checks


@dataclass(frozen=True, eq=False)
class Landscape:
    """A loss one can look at.

    Attributes
    ----------
    name : str
        Its name in code, such as ``"wavy_bowl"``.
    formula : str
        Its formula in plain text, such as ``"w² + 0.5 sin 4w"``.
    start : array of shape (n,)
        A good place to begin.
    bounds : array of shape (n, 2)
        The lowest and the highest value of each coordinate worth drawing.
    minima : array of shape (n_minima, n)
        All local minima, the global one first; empty for a landscape without any.
    """

    name: str
    formula: str
    start: np.ndarray
    bounds: np.ndarray
    minima: np.ndarray
    # Functions of the coordinates: the loss, its gradient, and the rows of its Hessian.
    _loss: Callable = field(repr=False)
    _slopes: Callable = field(repr=False)
    _curvatures: Callable = field(repr=False)
    _call: tuple | None = field(default=None, repr=False)  # the call that made it

    @property
    def n_params(self):
        """How many coordinates a place on this landscape has."""
        return len(self.start)

    def __call__(self, params, step=0):
        """Loss and gradient at ``params``; ``step`` is ignored, the ground does not move."""
        if problem := self._problem(params):
            raise problem
        coordinates = self._coordinates(params)
        with np.errstate(all="ignore"):  # far outside, numbers overflow: that is a lesson
            return self._loss(*coordinates), np.stack(self._slopes(*coordinates), axis=-1)

    def hessian(self, params):
        """The matrix of second derivatives at ``params``, of shape ``(..., n, n)``."""
        if problem := self._problem(params):
            raise problem
        coordinates = self._coordinates(params)
        with np.errstate(all="ignore"):
            rows = self._curvatures(*coordinates)
        like = np.zeros_like(coordinates[0])
        return np.stack([np.stack([like + d for d in row], axis=-1) for row in rows], axis=-2)

    def __reduce__(self):  # stored as its call, or by its name in this module
        return self._call or self.name

    def _coordinates(self, params):
        params = checks.floats(params)
        return [params[..., i] for i in range(self.n_params)]

    def _problem(self, params):
        if problem := checks.numeric("params", params):
            return problem
        if np.shape(params)[-1:] != (self.n_params,):
            example = "[3.0]" if self.n_params == 1 else "[4.0, 3.0]"
            wanted = f"a place with {self.n_params} coordinate{'s' * (self.n_params > 1)}"
            wanted += f" along the last axis, such as {example}"
            return checks.wrong(ValueError, "params", wanted, np.asarray(params))
        return None


def _landscape(name, formula, start, bounds, minima, loss, slopes, curvatures, call=None):
    minima = np.reshape(np.asarray(minima, float), (-1, len(start)))
    arrays = [np.asarray(start, float), np.asarray(bounds, float), minima]
    for array in arrays:
        array.flags.writeable = False
    return Landscape(name, formula, *arrays, loss, slopes, curvatures, call)


x_squared = _landscape(
    "x_squared",
    "w²",
    start=[5.0],
    bounds=[(-6, 6)],
    minima=[[0.0]],
    loss=lambda w: w**2,
    slopes=lambda w: [2 * w],
    curvatures=lambda w: [[2.0]],
)

# The slope 4w³ - 9w² + 4w + 1 is (w - 1)(4w² - 5w - 1): a maximum at 1, minima at (5 ± √41)/8.
quartic = _landscape(
    "quartic",
    "w⁴ - 3w³ + 2w² + w",
    start=[3.0],
    bounds=[(-1, 3.2)],
    minima=[[(5 - 41**0.5) / 8], [(5 + 41**0.5) / 8]],
    loss=lambda w: w**4 - 3 * w**3 + 2 * w**2 + w,
    slopes=lambda w: [4 * w**3 - 9 * w**2 + 4 * w + 1],
    curvatures=lambda w: [[12 * w**2 - 18 * w + 4]],
)

# Two roots of 2w + 2 cos 4w, which has no closed form.
wavy_bowl = _landscape(
    "wavy_bowl",
    "w² + 0.5 sin 4w",
    start=[3.0],
    bounds=[(-3.5, 3.5)],
    minima=[[-0.3130883085006473], [0.8988262167903870]],
    loss=lambda w: w**2 + 0.5 * np.sin(4 * w),
    slopes=lambda w: [2 * w + 2 * np.cos(4 * w)],
    curvatures=lambda w: [[2 - 8 * np.sin(4 * w)]],
)

ellipse = _landscape(
    "ellipse",
    "x² + 2y²",
    start=[4.0, 3.0],
    bounds=[(-5, 5), (-4, 4)],
    minima=[[0.0, 0.0]],
    loss=lambda x, y: x**2 + 2 * y**2,
    slopes=lambda x, y: [2 * x, 4 * y],
    curvatures=lambda x, y: [[2.0, 0.0], [0.0, 4.0]],
)

saddle = _landscape(
    "saddle",
    "x² - y²",
    start=[1.5, 0.01],
    bounds=[(-2, 2), (-2, 2)],
    minima=[],
    loss=lambda x, y: x**2 - y**2,
    slopes=lambda x, y: [2 * x, -2 * y],
    curvatures=lambda x, y: [[2.0, 0.0], [0.0, -2.0]],
)

rosenbrock = _landscape(
    "rosenbrock",
    "(1 - x)² + 100(y - x²)²",
    start=[-1.5, 2.0],
    bounds=[(-2, 2), (-1, 3)],
    minima=[[1.0, 1.0]],
    loss=lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    slopes=lambda x, y: [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)],
    curvatures=lambda x, y: [[2 + 1200 * x**2 - 400 * y, -400 * x], [-400 * x, 200.0]],
)


def ravine(k):
    """The bowl ``x² + k y²``, ``k`` times as steep in ``y`` as in ``x``.

    ``k`` is its *condition number*, the ratio of the largest to the smallest curvature if
    ``k >= 1``: the larger, the narrower the ravine and the harder for gradient descent.

    Parameters
    ----------
    k : float
        Steepness of the second direction, > 0.

    Raises
    ------
    ValueError, TypeError
        If ``k`` is not one finite number > 0.

    Examples
    --------
    >>> loss, grad = ravine(10)([10.0, 1.0])
    >>> float(loss), grad.tolist()
    (110.0, [20.0, 20.0])
    """
    if problem := checks.amount("k", k):
        raise problem
    k = float(k)
    return _landscape(
        f"ravine({k:g})",
        f"x² + {k:g}y²",
        start=[10.0, 1.0],
        bounds=[(-11, 11), (-2.2, 2.2)],
        minima=[[0.0, 0.0]],
        loss=lambda x, y: x**2 + k * y**2,
        slopes=lambda x, y: [2 * x, 2 * k * y],
        curvatures=lambda x, y: [[2.0, 0.0], [0.0, 2.0 * k]],
        call=(ravine, (k,)),
    )


def bumpy_bowl(amplitude=0.3):
    """A bowl with bumps: ``0.5 (x² + y²) + amplitude sin 3x cos 3y``.

    Up to an amplitude of 0.330 the bumps only bend the bowl and it keeps its single minimum;
    from 0.331 on there are four, and more as the bumps grow.

    Parameters
    ----------
    amplitude : float
        How high the bumps are, from 0 to 10.

    Raises
    ------
    ValueError, TypeError
        If ``amplitude`` is not such a number.

    Examples
    --------
    >>> bumpy_bowl(0.3).minima.round(4)
    array([[-0.3788,  0.    ]])
    >>> len(bumpy_bowl(0.4).minima)
    4
    """
    if problem := checks.between("amplitude", amplitude, 0, 10):
        raise problem
    a = float(amplitude)

    def loss(x, y):
        return 0.5 * (x**2 + y**2) + a * np.sin(3 * x) * np.cos(3 * y)

    def slopes(x, y):
        dx = x + 3 * a * np.cos(3 * x) * np.cos(3 * y)
        return [dx, y - 3 * a * np.sin(3 * x) * np.sin(3 * y)]

    def curvatures(x, y):
        same = 1 - 9 * a * np.sin(3 * x) * np.cos(3 * y)
        mixed = -9 * a * np.cos(3 * x) * np.sin(3 * y)
        return [[same, mixed], [mixed, same]]

    return _landscape(
        f"bumpy_bowl({a:g})",
        f"0.5(x² + y²) + {a:g} sin 3x cos 3y",
        start=[2.0, 1.5],
        bounds=[(-3, 3), (-3, 3)],
        minima=_bumpy_minima(a),
        loss=loss,
        slopes=slopes,
        curvatures=curvatures,
        call=(bumpy_bowl, (a,)),
    )


def _bumpy_minima(a):
    """All minima of ``bumpy_bowl(a)``.

    With ``s = x + y`` and ``d = x - y`` the landscape is ``g(s) + g(d)``, where
    ``g(t) = t²/4 + (a/2) sin 3t``. So its minima are all pairs of minima of the curve ``g``.
    Between two inflections of ``g``, where ``sin 3t = 1/(9a)``, its slope only rises, and is 0
    at most once: halving finds the place.
    """
    bend = np.arcsin(1 / (9 * a)) if 9 * a > 1 else np.pi / 2
    turns = 2 * np.pi * np.arange(-np.ceil(1.5 * a) - 1, np.ceil(1.5 * a) + 2)
    low, high = (turns - np.pi - bend) / 3, (turns + bend) / 3

    def slope(t):
        return t / 2 + 1.5 * a * np.cos(3 * t)

    bracket = (slope(low) < 0) & (slope(high) > 0)
    low, high = low[bracket], high[bracket]
    for _ in range(60):
        middle = (low + high) / 2
        low, high = np.where(slope(middle) < 0, [middle, high], [low, middle])
    g = low**2 / 4 + 0.5 * a * np.sin(3 * low)
    pairs = [
        (i + j, s, d) for i, s in zip(g, low, strict=True) for j, d in zip(g, low, strict=True)
    ]
    return [[(s + d) / 2, (s - d) / 2] for _, s, d in sorted(pairs)]
