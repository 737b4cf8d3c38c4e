# mistake: the return is missing
# part: iterate
# says: return statement


def iterate(params, data, alpha, n_iterations):
    for _ in range(n_iterations):
        for x, y in data:
            backward(params, forward(params, x)[1], y)
