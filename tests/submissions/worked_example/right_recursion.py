# style: recursion on the layers; the cache is a chain of pairs

import numpy as np


def forward(params, x, h=None):
    h = np.array([float(x)]) if h is None else h
    if not len(params):
        return h[0], (h, None)
    (A, b), *rest = params
    f, later = forward(rest, x, 1 / (1 + np.exp(-(A @ h + b))))
    return f, (h, later)


def _back(params, cache, y):
    h, later = cache
    if later is None:
        return [], 2 * (h - y)
    after, _ = later
    grads, dh = _back(params[1:], later, y)
    db = dh * after * (1 - after)
    return [(np.outer(db, h), db), *grads], params[0][0].T @ db


def backward(params, cache, y):
    if not isinstance(cache, tuple):
        cache = _chain(cache)
    return _back(params, cache, y)[0]


def _chain(outputs):
    return (outputs[0], _chain(outputs[1:]) if len(outputs) > 1 else None)


def iterate(params, data, alpha, n_iterations):
    if n_iterations == 0:
        return params
    grads = [backward(params, forward(params, x)[1], y) for x, y in data]
    step = [tuple(alpha * sum(part) for part in zip(*layer)) for layer in zip(*grads)]
    moved = [(A - dA, b - db) for (A, b), (dA, db) in zip(params, step)]
    return iterate(moved, data, alpha, n_iterations - 1)
