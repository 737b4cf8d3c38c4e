# style: one buffer for all batches; training shuffles copies of X and Y; nanoseconds

import time

import numpy as np


def minibatches(n, batch_size, rng):
    order, buffer = rng.permutation(n), np.empty(batch_size, dtype=int)
    for first in range(0, n, batch_size):
        rows = order[first : first + batch_size]
        buffer[: len(rows)] = rows
        yield buffer[: len(rows)]


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    kind = "binary_cross_entropy" if data[1].shape[1] == 1 else "cross_entropy"

    def accuracy(theta):
        out, Y = net.predict(theta, validation[0]), validation[1]
        if kind == "cross_entropy":
            return float((out == out.max(axis=1, keepdims=True))[Y > 0.5].mean())
        return float(np.logical_not(np.logical_xor(out > 0.5, Y > 0.5)).mean())

    results = {}
    for b in batch_sizes:
        X, Y = data[0].copy(), data[1].copy()
        rng, theta, losses, nanoseconds = np.random.default_rng(seed), np.copy(params), [], 0
        for _ in range(epochs):
            nanoseconds -= time.perf_counter_ns()
            order = rng.permutation(len(X))
            X[:], Y[:] = X[order], Y[order]
            for k in range(0, len(X), b or len(X)):
                part = slice(k, k + (b or len(X)))
                theta -= lr * net.loss_and_grad(theta, X[part], Y[part], kind)[1]
            nanoseconds += time.perf_counter_ns()
            losses.append(net.loss_and_grad(theta, *data, kind)[0])
        results[b] = {
            "losses": losses,
            "seconds_per_epoch": nanoseconds / 1e9 / epochs,
            "val_accuracy": accuracy(theta),
        }
    return results
