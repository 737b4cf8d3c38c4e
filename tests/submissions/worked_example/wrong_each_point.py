# mistake: steps after every point
# part: iterate
# says: You step after every point
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        for x, y in data:
            slopes = backward(params, forward(params, x)[1], y)
            params = [(A - alpha * dA, b - alpha * db) for (A, b), (dA, db) in zip(params, slopes)]
    return params
