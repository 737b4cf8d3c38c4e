# mistake: alpha is 0.01 for ever
# part: iterate
# says: All points, all layers, every iteration
# scores: 2


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [
            (A - 0.01 * sum(g[k][0] for g in slopes), b - 0.01 * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
