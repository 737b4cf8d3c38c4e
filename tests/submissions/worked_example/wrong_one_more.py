# mistake: one iteration too many
# part: iterate
# says: one too many
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations + 1):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [
            (A - alpha * sum(g[k][0] for g in slopes), b - alpha * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
