# style: train does everything itself, with matrices that carry the biases

import numpy as np


def init_params(rng):
    b1, b2 = np.zeros(4), np.zeros(1)
    W1 = np.array([rng.normal() for _ in range(8)]).reshape(2, 4)
    return {"b2": b2, "W2": rng.uniform(-2, 2, size=(4, 1)), "b1": b1, "W1": W1}


def forward(params, X):
    ones = np.ones((len(X), 1))
    M1 = np.vstack([params["W1"], params["b1"]])
    M2 = np.vstack([params["W2"], params["b2"]])
    X1 = np.hstack([X, ones])
    A1 = np.hstack([np.tanh(X1 @ M1), ones])
    out = np.exp(-np.logaddexp(0, -(A1 @ M2)))
    return [out, [X1, A1, out]]


def backward(params, cache, Y):
    X1, A1, out = cache
    d2 = (out - Y) / len(Y)
    M2 = np.einsum("ni,nj->ij", A1, d2)
    d1 = np.einsum("nj,ij->ni", d2, params["W2"]) * (1 - A1[:, :4] ** 2)
    M1 = np.einsum("ni,nj->ij", X1, d1)
    return {"W1": M1[:2], "b1": M1[2], "W2": M2[:4], "b2": M2[4]}


def train(X, Y, lr, epochs, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
    b1, b2, losses = np.zeros(4), np.zeros(1), []
    for _ in range(epochs):
        A = np.tanh(X @ W1 + b1)
        out = 1 / (1 + np.exp(-(A @ W2 + b2)))
        losses.append(float(-(Y * np.log(out) + (1 - Y) * np.log(1 - out)).mean()))
        d2 = (out - Y) / len(X)
        d1 = d2 @ W2.T * (1 - A**2)
        W2 -= lr * A.T @ d2
        b2 -= lr * d2.sum(axis=0)
        W1 -= lr * X.T @ d1
        b1 -= lr * d1.sum(axis=0)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


def predict(params, X):
    A = np.tanh(X @ params["W1"] + params["b1"])
    return np.heaviside(A @ params["W2"] + params["b2"], 0)
