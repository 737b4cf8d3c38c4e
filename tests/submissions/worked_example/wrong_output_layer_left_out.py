# mistake: loops to L, as the pseudocode does: the last layer never moves
# part: iterate
# says: b3 has not moved
# scores: 0


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        params = [
            (A - alpha * sum(g[k][0] for g in slopes), b - alpha * sum(g[k][1] for g in slopes))
            for k, (A, b) in enumerate(params[:2])
        ] + [params[2]]
    return params
