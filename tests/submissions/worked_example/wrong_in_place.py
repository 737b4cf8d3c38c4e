# mistake: changes the arrays of the caller
# part: iterate
# says: changed the caller


def iterate(params, data, alpha, n_iterations):
    params = list(params)
    for _ in range(n_iterations):
        slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
        for k, (A, b) in enumerate(params):
            A -= alpha * sum(g[k][0] for g in slopes)
            b -= alpha * sum(g[k][1] for g in slopes)
    return params
