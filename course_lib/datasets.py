"""Data sets: ``X`` with one sample per row, and ``Y`` with what each should give."""

import numpy as np


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
