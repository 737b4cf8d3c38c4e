# mistake: takes what the last forward left in a global, not the cache
# part: backward
# says: backward stopped with ValueError

import numpy as np

last = {}


def forward(params, X):
    last["X"] = X
    last["A1"] = np.tanh(X @ params["W1"] + params["b1"])
    last["out"] = 1 / (1 + np.exp(-(last["A1"] @ params["W2"] + params["b2"])))
    return last["out"], None


def backward(params, cache, Y):
    delta2 = (last["out"] - Y) / len(Y)
    delta1 = (delta2 @ params["W2"].T) * (1 - last["A1"] ** 2)
    return {
        "W1": last["X"].T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": last["A1"].T @ delta2,
        "b2": delta2.sum(axis=0),
    }
