# mistake: labels as a column against outputs as a row
# part: backward
# says: backward stopped with ValueError


def backward(params, cache, Y):
    X, A1, out = cache["X"], cache["A1"], cache["out"]
    delta2 = (out[:, 0] - Y) / len(Y)
    delta1 = (delta2 @ params["W2"].T) * (1 - A1**2)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": A1.T @ delta2,
        "b2": delta2.sum(axis=0),
    }
