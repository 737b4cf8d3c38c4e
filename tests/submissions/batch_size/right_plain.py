# style: an index loop that yields; time.time; lists

import time

import numpy as np


def minibatches(n, batch_size, rng):
    indices = np.arange(n)
    rng.shuffle(indices)
    start = 0
    while start < n:
        yield indices[start : start + batch_size]
        start += batch_size


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    X, Y = data
    X_val, Y_val = validation
    n_out = Y.shape[1]
    loss_name = "cross_entropy" if n_out > 1 else "binary_cross_entropy"
    results = {}
    for batch_size in batch_sizes:
        rng = np.random.default_rng(seed)
        p = params.copy()
        size = len(X) if batch_size is None else batch_size
        losses, times = [], []
        for _ in range(epochs):
            t0 = time.time()
            for idx in minibatches(len(X), size, rng):
                loss, grad = net.loss_and_grad(p, X[idx], Y[idx], loss_name)
                p -= lr * grad
            times.append(time.time() - t0)
            losses.append(net.loss_and_grad(p, X, Y, loss_name)[0])
        out = net.predict(p, X_val)
        if n_out > 1:
            correct = np.argmax(out, axis=1) == np.argmax(Y_val, axis=1)
        else:
            correct = (out > 0.5).astype(int) == Y_val
        results[batch_size] = {
            "losses": losses,
            "seconds_per_epoch": np.mean(times),
            "val_accuracy": correct.mean(),
        }
    return results
