# mistake: subtracts the labels in place from what the cache holds
# part: backward
# says: slope of


def backward(params, cache, Y):
    delta2 = cache["out"]
    delta2 -= Y
    delta2 /= len(Y)
    delta1 = (delta2 @ params["W2"].T) * (1 - cache["A1"] ** 2)
    return {
        "W1": cache["X"].T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": cache["A1"].T @ delta2,
        "b2": delta2.sum(axis=0),
    }
