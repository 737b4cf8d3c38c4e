# style: helpers with plain names, an array of objects, sums by reduce

from functools import reduce

import numpy as np


def _answer(z):
    return 1 / (1 + np.exp(-z))


def _forward(params, x, keep):
    keep.append(np.array([x], float))
    return reduce(
        lambda h, pair: keep.append(_answer(pair[0] @ h + pair[1])) or keep[-1], params, keep[0]
    )


def forward(params, x):
    keep = []
    return _forward(params, x, keep), {"h": keep, "params": params}


def _outputs(cache):
    return cache["h"] if isinstance(cache, dict) else cache


def _backward(A, h, before, dh):
    db = dh * h * (1 - h)
    return [db[:, np.newaxis] * before, db], db @ A


def backward(params, cache, y):
    h = _outputs(cache)
    grads, dh = [], np.array([2.0]) * (h[-1] - y)
    for k in range(3, 0, -1):
        pair, dh = _backward(params[k - 1][0], h[k], h[k - 1], dh)
        grads = [pair] + grads
    return grads


def _walked(params, step, alpha):
    return [[p - alpha * g for p, g in zip(*both)] for both in zip(params, step)]


def _add(left, right):
    return [[a + b for a, b in zip(*both)] for both in zip(left, right)]


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        step = reduce(_add, [backward(params, forward(params, x)[1], y) for x, y in data])
        params = _walked(params, step, alpha)
    return params
