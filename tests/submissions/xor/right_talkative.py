# style: prints, warns and clips; params updated in place

import warnings

import numpy as np


def init_params(rng):
    print("drawing 12 weights")
    W1 = rng.normal(scale=0.3, size=(2, 4))
    W2 = rng.normal(scale=0.3, size=(4, 1))
    return dict(W1=W1, b1=np.full(4, 0.01), W2=W2, b2=np.array([0.0]))


def forward(params, X):
    X = np.asarray(X, dtype=float)
    warnings.warn("forward", stacklevel=2)
    Z1 = np.matmul(X, params["W1"])
    Z1 += params["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.matmul(A1, params["W2"])
    Z2 += params["b2"]
    with np.errstate(over="warn"):
        out = np.where(Z2 >= 0, 1 / (1 + np.exp(-Z2)), np.exp(Z2) / (1 + np.exp(Z2)))
    return out, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out}


def backward(params, cache, Y):
    n = cache["X"].shape[0]
    dZ2 = cache["out"] - Y
    grads = {"W2": cache["A1"].T @ dZ2 / n, "b2": np.sum(dZ2, axis=0) / n}
    dA1 = dZ2 @ params["W2"].T
    dZ1 = dA1 * (1 - np.tanh(cache["Z1"]) ** 2)
    grads["W1"] = cache["X"].T @ dZ1 / n
    grads["b1"] = np.mean(dZ1, axis=0)
    return grads


def train(X, Y, lr, epochs, seed):
    params = init_params(np.random.default_rng(seed))
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        out, cache = forward(params, X)
        p = np.clip(out, 1e-12, 1 - 1e-12)
        losses[epoch] = -(Y * np.log(p) + (1 - Y) * np.log(1 - p)).mean()
        if epoch % 500 == 0:
            print(f"epoch {epoch}: {losses[epoch]:.4f}")
        grads = backward(params, cache, Y)
        for key in params:
            params[key] -= lr * grads[key]
    return params, losses


def predict(params, X):
    out, _ = forward(params, X)
    return np.array([[int(p > 0.5)] for p in out[:, 0]])
