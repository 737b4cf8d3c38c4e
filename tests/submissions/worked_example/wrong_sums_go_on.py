# mistake: never sets the sums back to zero
# part: iterate
# says: begin anew with zeros
# scores: 0


def iterate(params, data, alpha, n_iterations):
    sums = [[0, 0], [0, 0], [0, 0]]
    for _ in range(n_iterations):
        for x, y in data:
            for pair, (dA, db) in zip(sums, backward(params, forward(params, x)[1], y)):
                pair[0], pair[1] = pair[0] + dA, pair[1] + db
        params = [(A - alpha * dA, b - alpha * db) for (A, b), (dA, db) in zip(params, sums)]
    return params
