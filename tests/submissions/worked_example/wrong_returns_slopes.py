# mistake: returns the slopes
# part: iterate
# says: These are the slopes
# scores: 0


def iterate(params, data, alpha, n_iterations):
    slopes = [backward(params, forward(params, x)[1], y) for x, y in data]
    return [(sum(g[k][0] for g in slopes), sum(g[k][1] for g in slopes)) for k in range(3)]
