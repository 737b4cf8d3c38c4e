# mistake: forgets alpha
# part: iterate
# says: alpha is missing
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [
            (A - 1 * sum(g[k][0] for g in slopes), b - 1 * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
