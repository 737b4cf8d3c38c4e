# style: every layer written out, a dictionary of sums, the slope of the sigmoid from the sum

import numpy as np


def _sigma(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _sigma(z) * (1 - _sigma(z))


def forward(params, x):
    (A1, b1), (A2, b2), (A3, b3) = params
    S1 = A1[:, 0] * x + b1
    S2 = A2 @ _sigma(S1) + b2
    S3 = A3 @ _sigma(S2) + b3
    return _sigma(S3), {"x": x, "S1": S1, "S2": S2, "S3": S3}


def backward(params, cache, y):
    (A1, b1), (A2, b2), (A3, b3) = params
    h1, h2, h3 = (_sigma(cache[name]) for name in ("S1", "S2", "S3"))
    db3 = 2 * (h3 - y) * _slope(cache["S3"])
    db2 = (A3.T @ db3) * _slope(cache["S2"])
    db1 = (A2.T @ db2) * _slope(cache["S1"])
    dA1 = (db1 * cache["x"]).reshape(4, 1)
    return [(dA1, db1), (np.outer(db2, h1), db2), (np.outer(db3, h2), db3)]


def iterate(params, data, alpha, n_iterations):
    (A1, b1), (A2, b2), (A3, b3) = params
    for _ in range(n_iterations):
        now = [(A1, b1), (A2, b2), (A3, b3)]
        parts = [backward(now, forward(now, x)[1], y) for x, y in data]
        A1, b1 = A1 - alpha * sum(p[0][0] for p in parts), b1 - alpha * sum(p[0][1] for p in parts)
        A2, b2 = A2 - alpha * sum(p[1][0] for p in parts), b2 - alpha * sum(p[1][1] for p in parts)
        A3, b3 = A3 - alpha * sum(p[2][0] for p in parts), b3 - alpha * sum(p[2][1] for p in parts)
    return [(A1, b1), (A2, b2), (A3, b3)]
