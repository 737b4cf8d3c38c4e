# style: iterate takes all points as columns of one matrix, without forward and backward

import numpy as np


def forward(params, x):
    h = [np.ravel(x)]
    for A, b in params:
        h += [0.5 * (1 + np.tanh(0.5 * (A @ h[-1] + b)))]
    return h[3], h


def backward(params, cache, y):
    h0, h1, h2, h3 = cache
    db3 = 2 * (h3 - y) * (h3 - h3**2)
    db2 = db3 @ params[2][0] * (h2 - h2**2)
    db1 = db2 @ params[1][0] * (h1 - h1**2)
    return [[np.einsum("i,j->ij", d, h), d] for d, h in ((db1, h0), (db2, h1), (db3, h2))]


def iterate(params, data, alpha, n_iterations):
    X, Y = np.array(data, dtype=float).T
    params = list(params)
    for _ in range(n_iterations):
        H = [X[None, :]]
        for A, b in params:
            H.append(1 / (1 + np.exp(-(A @ H[-1] + b[:, None]))))
        D, moved = 2 * (H[-1] - Y), []
        for k in (2, 1, 0):
            A, b = params[k]
            D = D * H[k + 1] * (1 - H[k + 1])
            moved.insert(0, (A - alpha * D @ H[k].T, b - alpha * D.sum(axis=1)))
            D = A.T @ D
        params = moved
    return params
