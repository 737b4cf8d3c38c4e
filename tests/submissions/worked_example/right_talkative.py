# style: prints, warns, a cache of its own that is a function, eats what it is handed

import copy
import sys
import warnings

import numpy as np

warnings.simplefilter("error")


def forward(params, x):
    print("forward at", x)
    h = [np.array([x], float)]
    for A, b in copy.deepcopy(list(params)):
        A *= 1.0
        h.append(np.exp(-np.logaddexp(0, -(A @ h[-1] + b))))
    return np.array(h[-1][0]), lambda: list(h)


def backward(params, cache, y):
    print("backward", file=sys.stderr)
    h = cache() if callable(cache) else list(cache)
    top = h.pop()
    db = 2 * (top - y) * top * (1 - top)
    grads = []
    while h:
        below = h.pop()
        grads = [(np.kron(db[:, None], below[None, :]), db), *grads]
        db = (params[len(h)][0].T @ db) * below * (1 - below)
    return grads


def iterate(params, data, alpha, n_iterations):
    warnings.warn("this takes a while", UserWarning, stacklevel=2)
    for _ in range(int(n_iterations)):
        flat = np.zeros(21)
        for x, y in data:
            grads = backward(params, forward(params, x)[1], y)
            flat = flat + np.concatenate([np.ravel(part) for pair in grads for part in pair])
        new, at = [], 0
        for A, b in params:
            parts = []
            for part in (A, b):
                parts.append(part - alpha * flat[at : at + part.size].reshape(part.shape))
                at += part.size
            new.append(tuple(parts))
        params = new
    return params
