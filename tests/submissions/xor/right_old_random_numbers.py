# style: the old random numbers, with a seed; backward runs forward again

import numpy as np


def init_params(rng):
    W1 = rng.normal(0.0, 0.8, size=8).reshape((2, 4))
    W2 = rng.normal(0.0, 0.8, size=4)[:, None]
    return {"W1": W1, "W2": W2, "b1": np.zeros(4), "b2": np.zeros(1)}


def forward(params, X):
    A1 = np.tanh(np.array([x @ params["W1"] + params["b1"] for x in X]))
    out = np.reciprocal(1 + np.exp(-A1.dot(params["W2"]) - params["b2"]))
    return out, {"X": X.copy(), "A1": A1, "out": out.copy()}


def backward(params, cache, Y):
    out, again = forward(params, cache["X"])
    delta = {"2": np.subtract(out, Y) / len(out)}
    delta["1"] = np.outer(delta["2"], params["W2"]) * (1 - again["A1"] ** 2)
    grads = {}
    for layer, inputs in (("1", cache["X"]), ("2", again["A1"])):
        grads["W" + layer] = sum(np.outer(a, d) for a, d in zip(inputs, delta[layer]))
        grads["b" + layer] = delta[layer].sum(0)
    return grads


def train(X, Y, lr, epochs, seed):
    params = init_params(np.random.RandomState(seed))
    losses = []
    while len(losses) < epochs:
        out, cache = forward(params, X)
        losses += [float(-np.mean(np.log(np.abs(out - (1 - Y)))))]
        grads = backward(params, cache, Y)
        params = {name: params[name] - lr * grads[name] for name in ("W1", "b1", "W2", "b2")}
    return (params, losses)


def predict(params, X):
    return 1 * (forward(params, X)[0] > 0.5)
