# style: a cache of its own that train looks into; logits and logaddexp

import numpy as np


def init_params(rng):
    return {
        "W1": rng.normal(0, 1, (2, 4)),
        "b1": rng.normal(0, 0.1, 4),
        "W2": rng.normal(0, 1, (4, 1)),
        "b2": np.zeros(1),
    }


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def forward(params, X):
    hidden = np.tanh(np.dot(X, params["W1"]) + params["b1"])
    logit = np.dot(hidden, params["W2"]) + params["b2"]
    return sigmoid(logit), {"inputs": X, "hidden": hidden, "logit": logit}


def backward(params, cache, Y):
    error = (sigmoid(cache["logit"]) - Y) / len(cache["inputs"])
    back = np.dot(error, params["W2"].T) / np.cosh(np.arctanh(cache["hidden"])) ** 2
    return {
        "W2": np.dot(cache["hidden"].T, error),
        "b2": error.sum(axis=0),
        "W1": np.dot(cache["inputs"].T, back),
        "b1": back.sum(axis=0),
    }


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        _, cache = forward(params, X)
        z = cache["logit"]
        losses.append((np.logaddexp(0, z) - Y * z).mean())
        for key, slope in backward(params, cache, Y).items():
            params[key] = params[key] - lr * slope
    return params, losses


def predict(params, X):
    return forward(params, X)[1]["logit"] > 0
