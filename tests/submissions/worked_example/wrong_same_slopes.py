# mistake: finds the slopes once, at the start
# part: iterate
# says: Slopes of the start


def iterate(params, data, alpha, n_iterations):
    slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
    for _ in range(n_iterations):
        params = [
            (A - alpha * sum(g[k][0] for g in slopes), b - alpha * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
