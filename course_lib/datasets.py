"""Data sets: ``X`` with one sample per row, and ``Y`` with what each should give.

The random ones draw with ``numpy.random.RandomState``, whose numbers stay the same for ever; the
seeds that stand here by default give the very data that the course's sources drew.
"""

import os

import numpy as np

from course_lib import checks

# Not with pathlib, whose import takes milliseconds of the few that course_lib may take.
DIGITS = os.path.join(os.path.dirname(__file__), "data", "digits.npz")
N_VALIDATION = 360  # of the 1,797 digits


def xor():
    """The four points of exclusive or: 1 where exactly one of the inputs is 1.

    No straight line separates the ones from the zeros, so a single neuron cannot learn it.

    Returns
    -------
    X : array of shape (4, 2)
    Y : array of shape (4, 1)

    Examples
    --------
    >>> X, Y = xor()
    >>> Y[:, 0]
    array([0., 1., 1., 0.])
    """
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([[0.0], [1.0], [1.0], [0.0]])


def skycak():
    """Five points of a curve with two bumps, from the worked example of chapter 4.

    Returns
    -------
    X, Y : arrays of shape (5, 1)

    References
    ----------
    J. Skycak, "Introduction to backpropagation", 2022.

    Examples
    --------
    >>> X, Y = skycak()
    >>> X[:, 0].tolist(), Y[:, 0].tolist()
    ([0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 1.0, 0.5, 1.0, 0.0])
    """
    X = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])
    return X, np.array([[0.0], [1.0], [0.5], [1.0], [0.0]])


def two_clouds(seed=42):
    """Two clouds of 50 points that overlap a little: class 0 about (0, 0), class 1 about (1, 1).

    Each coordinate is spread with standard deviation 0.5.

    Parameters
    ----------
    seed : int
        Which draw, from 0 to 2³² - 1.

    Returns
    -------
    X : array of shape (100, 2)
    Y : array of shape (100, 1)
        0 or 1.

    Raises
    ------
    ValueError, TypeError
        If ``seed`` is not such a number.

    Examples
    --------
    >>> X, Y = two_clouds()
    >>> X[0].round(2).tolist(), Y[0].tolist()
    ([0.25, -0.07], [0.0])
    """
    if problem := _seed_problem(seed):
        raise problem
    draw = np.random.RandomState(seed).randn
    X = np.concatenate([0.5 * draw(50, 2), 1 + 0.5 * draw(50, 2)])
    return X, np.repeat([[0.0], [1.0]], 50, axis=0)


def spiral(n_per_class=66, turns=2.0, noise=0.1, seed=42):
    r"""Three spiral arms, one class each; the more turns, the harder to tell them apart.

    Along arm :math:`c` the angle grows from 0 to ``turns`` full turns and the radius from 0.5 to
    2.5, and noise moves each point towards the centre or away from it:

    .. math:: x = r \sin(\theta + \tfrac{2\pi}{3} c), \qquad
              y = r \cos(\theta + \tfrac{2\pi}{3} c)

    Parameters
    ----------
    n_per_class : int
        Points in each arm, >= 2.
    turns : float
        How often an arm goes round, > 0.
    noise : float
        Standard deviation of the radius, >= 0.
    seed : int
        Which draw, from 0 to 2³² - 1.

    Returns
    -------
    X : array of shape (3 n_per_class, 2)
        Arm by arm, from the inside out.
    Y : array of shape (3 n_per_class, 3)
        One-hot.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.

    Examples
    --------
    >>> X, Y = spiral(n_per_class=50, turns=1)
    >>> X.shape, Y[[0, 50, 100]].tolist()
    ((150, 2), [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    """
    problem = (
        checks.count("n_per_class", n_per_class, least=2)
        or checks.between("turns", turns, 0, np.inf, open_low=True, open_high=True)
        or checks.between("noise", noise, 0, np.inf, open_high=True)
        or _seed_problem(seed)
    )
    if problem:
        raise problem
    rng = np.random.RandomState(seed)
    radius = np.linspace(0.5, 2.5, n_per_class)
    angle = np.linspace(0, 2 * np.pi * turns, n_per_class)
    arms = []
    for arm in range(3):
        r, theta = radius + noise * rng.randn(n_per_class), angle + 2 * np.pi * arm / 3
        arms.append(np.stack([r * np.sin(theta), r * np.cos(theta)], axis=1))
    return np.concatenate(arms), np.repeat(np.eye(3), n_per_class, axis=0)


def random_labels(seed=42, n_samples=500):
    """Four numbers per sample, and one of three classes by lot: nothing here can be learned.

    A network may still remember it. Watch its validation loss.

    Parameters
    ----------
    seed : int
        Which draw, from 0 to 2³² - 1.
    n_samples : int
        How many, >= 1.

    Returns
    -------
    X : array of shape (n_samples, 4)
        Standard normal.
    Y : array of shape (n_samples, 3)
        One-hot.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.
    """
    if problem := _seed_problem(seed) or checks.count("n_samples", n_samples):
        raise problem
    rng = np.random.RandomState(seed)
    X = rng.randn(n_samples, 4)
    return X, np.eye(3)[rng.randint(0, 3, n_samples)]


def learnable_labels(seed=42, n_samples=500):
    """The inputs of :func:`random_labels`, with classes that follow from them by a rule.

    The class says how many of these two hold: ``x0 + x1 x2 > 0`` and ``x3 > 0.5``.

    Arguments, results and errors as for :func:`random_labels`.

    Examples
    --------
    >>> X, Y = learnable_labels(seed=42)
    >>> X[0].round(2).tolist(), int(Y[0].argmax())
    ([0.5, -0.14, 0.65, 1.52], 2)
    """
    if problem := _seed_problem(seed) or checks.count("n_samples", n_samples):
        raise problem
    X = np.random.RandomState(seed).randn(n_samples, 4)
    n_true = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int) + (X[:, 3] > 0.5)
    return X, np.eye(3)[n_true]


def digits():
    """Real handwriting: 1,797 digits of 8 x 8 pixels, written by thirteen people.

    Returns
    -------
    training : (X, Y) with arrays of shape (1437, 64) and (1437, 10)
        Pixels from 0 (paper) to 1 (ink), row by row; the digit one-hot.
    validation : (X, Y) with arrays of shape (360, 64) and (360, 10)
        Always the same 360 digits, drawn by lot once.

    References
    ----------
    E. Alpaydin and C. Kaynak, "Optical recognition of handwritten digits", UCI Machine Learning
    Repository, 1998; CC BY 4.0. The file and its licence are in ``course_lib/data``.

    Examples
    --------
    >>> (X, Y), (X_val, Y_val) = digits()
    >>> X.shape, Y_val.shape, float(X.max())
    ((1437, 64), (360, 10), 1.0)
    """
    with np.load(DIGITS) as file:
        X, Y = file["pixels"] / 16.0, np.eye(10)[file["labels"]]
    order = np.random.RandomState(0).permutation(len(X))
    training, validation = order[N_VALIDATION:], order[:N_VALIDATION]
    return (X[training], Y[training]), (X[validation], Y[validation])


def _seed_problem(seed):
    return checks.count("seed", seed, least=0, most=2**32 - 1)
