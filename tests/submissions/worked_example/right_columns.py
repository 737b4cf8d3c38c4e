# style: true column vectors inside, of shape (n, 1); f is a length-1 array

import numpy as np


def forward(params, x):
    h = np.array([[x]], dtype=float)
    cache = (h,)
    for A, b in params:
        h = 1 / (1 + np.exp(-(np.matmul(A, h) + b.reshape(-1, 1))))
        cache += (h,)
    return h.ravel(), cache


def backward(params, cache, y):
    as_columns = [np.reshape(h, (-1, 1)) for h in cache]
    dh, grads = 2 * (as_columns[-1] - y), ()
    for k in reversed(range(3)):
        db = dh * as_columns[k + 1] * (1 - as_columns[k + 1])
        grads = ((db @ as_columns[k].T, db.ravel()), *grads)
        dh = params[k][0].T @ db
    return grads


def iterate(params, data, alpha, n_iterations):
    while n_iterations > 0:
        sums = None
        for x, y in data:
            grads = backward(params, forward(params, x)[1], y)
            if sums is None:
                sums = [list(pair) for pair in grads]
            else:
                sums = [[s + g for s, g in zip(*both)] for both in zip(sums, grads)]
        params = [tuple(p - alpha * s for p, s in zip(*both)) for both in zip(params, sums)]
        n_iterations -= 1
    return params
