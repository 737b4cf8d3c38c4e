# style: one line per formula, half normal weights, a loss from where

import numpy as np


def init_params(rng):
    shapes = {"W1": (2, 4), "b1": (4,), "W2": (4, 1), "b2": (1,)}
    sizes = {k: 0.5 if k[0] == "W" else 0.0 for k in shapes}
    return {k: sizes[k] * rng.standard_normal(s) for k, s in shapes.items()}


def forward(params, X):
    A = np.tanh(X @ params["W1"] + params["b1"])
    out = 1 / (1 + np.exp(-(A @ params["W2"] + params["b2"])))
    return out, (X, A, out)


def backward(params, cache, Y):
    X, A, out = cache
    d2 = (out - Y) / Y.size
    d1 = d2 @ params["W2"].T * (1 - A * A)
    return dict(W1=X.T @ d1, b1=d1.sum(0), W2=A.T @ d2, b2=d2.sum(0))


def train(X, Y, lr, epochs, seed):
    p, losses = init_params(np.random.default_rng(seed)), np.empty(epochs)
    for e in range(epochs):
        out, cache = forward(p, X)
        losses[e] = -np.log(np.where(Y == 1, out, 1 - out)).mean()
        g = backward(p, cache, Y)
        p = {k: v - lr * g[k] for k, v in p.items()}
    return p, losses


def predict(params, X):
    return np.rint(forward(params, X)[0]).astype(int)
