# style: layer by layer, a list of outputs, slopes appended and turned round

import numpy as np


def forward(params, x):
    outputs = [np.array([x], dtype=float)]
    for A, b in params:
        outputs.append(1 / (1 + np.exp(-A @ outputs[-1] - b)))
    return outputs[-1].item(), outputs


def backward(params, cache, y):
    slopes, back = [], 2 * (cache[-1] - y)
    for k in range(len(params) - 1, -1, -1):
        delta = back * cache[k + 1] * (1 - cache[k + 1])
        slopes.append((delta[:, None] * cache[k][None, :], delta))
        back = params[k][0].T.dot(delta)
    slopes.reverse()
    return slopes


def iterate(params, data, alpha, n_iterations):
    new = [[A.copy(), b.copy()] for A, b in params]
    for _ in range(n_iterations):
        total = [[np.zeros_like(A), np.zeros_like(b)] for A, b in new]
        for x, y in data:
            _, cache = forward(new, x)
            for (dA, db), (A, b) in zip(total, backward(new, cache, y)):
                dA += A
                db += b
        for (A, b), (dA, db) in zip(new, total):
            A -= alpha * dA
            b -= alpha * db
    return new
