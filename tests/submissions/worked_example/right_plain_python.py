# style: no NumPy: math.exp, lists of lists for everything

import math


def forward(params, x):
    layers = [[float(x)]]
    for A, b in params:
        sums = [sum(w * h for w, h in zip(row, layers[-1])) + c for row, c in zip(A, b)]
        layers.append([1 / (1 + math.exp(-s)) if s > -700 else 0.0 for s in sums])
    return layers[-1][0], layers


def backward(params, cache, y):
    grads, dh = [None] * 3, [2 * (cache[3][0] - y)]
    for k in (2, 1, 0):
        A, h, below = params[k][0], cache[k + 1], cache[k]
        db = [d * v * (1 - v) for d, v in zip(dh, h)]
        grads[k] = [[d * v for v in below] for d in db], db
        dh = [sum(A[i][j] * db[i] for i in range(len(db))) for j in range(len(below))]
    return grads


def iterate(params, data, alpha, n_iterations):
    params = [([list(map(float, row)) for row in A], list(map(float, b))) for A, b in params]
    for _ in range(n_iterations):
        all_slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        new = []
        for k, (A, b) in enumerate(params):
            rows = [
                [w - alpha * sum(s[k][0][i][j] for s in all_slopes) for j, w in enumerate(row)]
                for i, row in enumerate(A)
            ]
            biases = [v - alpha * sum(s[k][1][i] for s in all_slopes) for i, v in enumerate(b)]
            new.append((rows, biases))
        params = new
    return params
