# mistake: steps with the last point only
# part: iterate
# says: That is one point alone
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data[-1:]]
        params = [
            (A - alpha * sum(g[k][0] for g in slopes), b - alpha * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params)
        ]
    return params
