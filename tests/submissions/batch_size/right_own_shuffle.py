# style: Fisher and Yates by hand; a generator for each epoch, from seed and epoch; sorted batches

from timeit import default_timer

import numpy as np


def minibatches(n, batch_size, rng):
    order = [*range(n)]
    for i in range(n - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    batch = []
    for i in order:
        batch.append(i)
        if len(batch) == batch_size:
            yield np.array(sorted(batch))
            batch = []
    if batch:
        yield np.array(sorted(batch))


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    X, Y = data
    binary = Y.shape[1] == 1
    loss = "binary_cross_entropy" if binary else "cross_entropy"
    everything = {}
    for size in batch_sizes:
        theta, losses, seconds = +params, [], []
        for epoch in range(epochs):
            start = default_timer()
            if size is None:
                theta = theta - lr * net.loss_and_grad(theta, X, Y, loss)[1]
            else:
                for rows in minibatches(len(X), size, np.random.default_rng([seed, epoch])):
                    theta = theta - lr * net.loss_and_grad(theta, X[rows], Y[rows], loss)[1]
            seconds.append(default_timer() - start)
            losses.append(net.loss_and_grad(theta, X, Y, loss)[0])
        said = net.predict(theta, validation[0])
        if binary:
            accuracy = np.mean((said.ravel() > 0.5) == validation[1].ravel().astype(bool))
        else:
            accuracy = np.take_along_axis(validation[1], said.argmax(1)[:, None], 1).mean()
        everything[size] = {
            "losses": tuple(losses),
            "seconds_per_epoch": sum(seconds) / len(seconds),
            "val_accuracy": accuracy,
            "params": theta,
        }
    return everything
