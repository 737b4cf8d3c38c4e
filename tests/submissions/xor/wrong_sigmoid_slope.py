# mistake: the derivative of a sigmoid for tanh
# part: backward
# says: is the derivative of a sigmoid


def backward(params, cache, Y):
    X, A1, out = cache["X"], cache["A1"], cache["out"]
    delta2 = (out - Y) / len(Y)
    delta1 = (delta2 @ params["W2"].T) * A1 * (1 - A1)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": A1.T @ delta2,
        "b2": delta2.sum(axis=0),
    }
