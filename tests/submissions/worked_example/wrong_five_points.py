# mistake: always the five points
# part: iterate
# says: All points, all layers, every iteration
# scores: 2


POINTS = [(0, 0), (0.25, 1), (0.5, 0.5), (0.75, 1), (1, 0)]


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in POINTS]
        params = [
            (A - alpha * sum(g[k][0] for g in slopes), b - alpha * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
