# mistake: delta2 @ W2 in place of delta2 @ W2.T
# part: backward
# says: A has 1 columns and B has 4 rows


def backward(params, cache, Y):
    X, A1, out = cache["X"], cache["A1"], cache["out"]
    d2 = (out - Y) / len(Y)
    d1 = (d2 @ params["W2"]) * (1 - A1**2)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": A1.T @ d2, "b2": d2.sum(0)}
