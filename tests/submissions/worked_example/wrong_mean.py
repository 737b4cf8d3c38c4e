# mistake: the mean over the points
# part: iterate
# says: That is the mean
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [
            (
                A - alpha * sum(g[k][0] for g in slopes) / len(data),
                b - alpha * sum(g[k][1] for g in slopes) / len(data),
            )
            for k, (A, b) in enumerate(params)
        ]
    return params
