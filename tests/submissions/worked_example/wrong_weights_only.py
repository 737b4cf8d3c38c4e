# mistake: leaves the biases where they are
# part: iterate
# says: b3 has not moved
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [(A - alpha * sum(g[k][0] for g in slopes), b) for k, (A, b) in enumerate(params)]
    return params
