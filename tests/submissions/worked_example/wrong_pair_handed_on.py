# mistake: hands the pair of forward to backward
# part: iterate
# says: taken apart first


def iterate(params, data, alpha, n_iterations):
    P = params
    for _ in range(n_iterations):
        G = [backward(P, forward(P, x), y) for x, y in data]
        P = [
            (A - alpha * sum(g[i][0] for g in G), b - alpha * sum(g[i][1] for g in G))
            for i, (A, b) in enumerate(P)
        ]
    return P
