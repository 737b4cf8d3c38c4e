# mistake: each batch size goes on where the last one ended
# part: run_experiment
# says: not where the last ended

import time

import numpy as np


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    (X, Y), (X_val, Y_val) = data, validation
    loss = "binary_cross_entropy" if Y.shape[1] == 1 else "cross_entropy"
    results, theta = {}, params.copy()
    for size in batch_sizes:
        rng = np.random.default_rng(seed)
        losses, seconds = [], []
        for _ in range(epochs):
            begin = time.perf_counter()
            for rows in minibatches(len(X), size or len(X), rng):
                theta = theta - lr * net.loss_and_grad(theta, X[rows], Y[rows], loss)[1]
            seconds.append(time.perf_counter() - begin)
            losses.append(net.loss_and_grad(theta, X, Y, loss)[0])
        out = net.predict(theta, X_val)
        if Y.shape[1] == 1:
            right = (out > 0.5) == (Y_val > 0.5)
        else:
            right = out.argmax(axis=1) == Y_val.argmax(axis=1)
        results[size] = {
            "losses": losses,
            "seconds_per_epoch": np.mean(seconds),
            "val_accuracy": np.mean(right),
        }
    return results
