# style: every factor of the chain rule by itself, a small constant in the logarithms

import numpy as np


def init_params(rng):
    return {
        "W1": rng.normal(size=(2, 4)) * np.sqrt(1 / 2),
        "b1": np.zeros((4,)),
        "W2": rng.normal(size=(4, 1)) * np.sqrt(1 / 4),
        "b2": np.zeros((1,)),
    }


def forward(params, X):
    cache = {"X": X}
    cache["Z1"] = X.dot(params["W1"]) + params["b1"]
    cache["A1"] = (np.exp(2 * cache["Z1"]) - 1) / (np.exp(2 * cache["Z1"]) + 1)
    cache["Z2"] = cache["A1"].dot(params["W2"]) + params["b2"]
    cache["out"] = 1.0 / (1.0 + np.exp(-cache["Z2"]))
    return cache["out"], cache


def backward(params, cache, Y):
    out, m = cache["out"], Y.shape[0]
    dout = (-(Y / out) + (1 - Y) / (1 - out)) / m
    dZ2 = dout * out * (1 - out)
    dW2 = cache["A1"].T.dot(dZ2)
    db2 = dZ2.sum(axis=0, keepdims=True).ravel()
    dA1 = dZ2.dot(params["W2"].T)
    dZ1 = dA1 * (1 - np.power(cache["A1"], 2))
    dW1 = cache["X"].T.dot(dZ1)
    db1 = dZ1.sum(axis=0, keepdims=True).ravel()
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def train(X, Y, lr, epochs, seed):
    rng = np.random.default_rng(seed)
    params = init_params(rng)
    losses = []
    for _ in range(epochs):
        out, cache = forward(params, X)
        loss = -np.mean(Y * np.log(out + 1e-9) + (1 - Y) * np.log(1 - out + 1e-9))
        losses.append(loss)
        grads = backward(params, cache, Y)
        params["W1"] = params["W1"] - lr * grads["W1"]
        params["b1"] = params["b1"] - lr * grads["b1"]
        params["W2"] = params["W2"] - lr * grads["W2"]
        params["b2"] = params["b2"] - lr * grads["b2"]
    return params, losses


def predict(params, X):
    out, _ = forward(params, X)
    answers = np.zeros_like(out, dtype=np.int8)
    answers[out >= 0.5] = 1
    return answers
