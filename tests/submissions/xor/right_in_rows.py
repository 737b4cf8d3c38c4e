# style: unpacks arrays first, a cache of five arrays, losses from the answers that were wanted

import numpy as np


def init_params(rng):
    limit = np.sqrt(6 / (2 + 4))
    params = {}
    params["W1"], params["b1"] = rng.uniform(-limit, limit, (2, 4)), np.zeros(4)
    params["W2"], params["b2"] = rng.uniform(-limit, limit, (4, 1)), np.zeros(1)
    return params


def forward(params, X):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, (X, Z1, A1, Z2, A2)


def backward(params, cache, Y):
    X, Z1, A1, Z2, A2 = cache
    Y = np.asarray(Y).reshape(-1, 1)
    m = float(len(Y))
    dZ2 = A2 - Y
    dZ1 = np.multiply(dZ2 * params["W2"].reshape(1, 4), np.cosh(Z1) ** -2)
    ones = np.ones(len(Y))
    grads = {"W1": X.T @ dZ1, "b1": ones @ dZ1, "W2": A1.T @ dZ2, "b2": ones @ dZ2}
    return {name: value / m for name, value in grads.items()}


def one_epoch(params, X, Y, lr):
    out, cache = forward(params, X)
    wanted = np.where(Y > 0.5, out, 1 - out)
    grads = backward(params, cache, Y)
    for name in list(params):
        params = {**params, name: params[name] - lr * grads[name]}
    return params, -np.log(wanted).sum() / len(wanted)


def train(X, Y, lr, epochs, seed):
    params = init_params(np.random.default_rng(seed))
    losses = [None] * epochs
    for i in range(epochs):
        params, losses[i] = one_epoch(params, X, Y, lr)
    return params, np.array(losses)


def predict(params, X):
    return np.greater(forward(params, X)[0], 0.5)
