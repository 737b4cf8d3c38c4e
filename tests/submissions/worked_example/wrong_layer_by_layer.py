# mistake: moves a layer before it asks for the slopes of the next
# part: iterate
# says: each by its own slope
# scores: 0


def iterate(params, data, alpha, n_iterations):
    params = [(A.copy(), b.copy()) for A, b in params]
    for _ in range(n_iterations):
        for k in (2, 1, 0):
            slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
            A, b = params[k]
            dA, db = sum(g[k][0] for g in slopes), sum(g[k][1] for g in slopes)
            params[k] = (A - alpha * dA, b - alpha * db)
    return params
