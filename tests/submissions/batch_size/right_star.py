# style: from numpy import *, which covers min, max, sum and round

from time import perf_counter

from numpy import *
from numpy.random import default_rng


def minibatches(n, batch_size, rng):
    return array_split(rng.permutation(n), range(batch_size, n, batch_size))


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    (X, Y), (val_X, val_Y) = data, validation
    loss = where(Y.shape[1] == 1, "binary_cross_entropy", "cross_entropy").item()

    def classes(out):
        return argmax(out, axis=1) if Y.shape[1] > 1 else ravel(out) > 0.5

    def experiment(size):
        rng, at = default_rng(seed), array(params, dtype=float)
        losses, seconds = zeros(epochs), zeros(epochs)
        for epoch in range(epochs):
            begin = perf_counter()
            for rows in minibatches(len(X), size or len(X), rng):
                at -= lr * net.loss_and_grad(at, X[rows], Y[rows], loss)[1]
            seconds[epoch] = perf_counter() - begin
            losses[epoch] = net.loss_and_grad(at, X, Y, loss)[0]
        right = classes(net.predict(at, val_X)) == classes(val_Y)
        return {
            "losses": losses,
            "seconds_per_epoch": mean(seconds),
            "val_accuracy": sum(right) / len(right),
        }

    return {size: experiment(size) for size in batch_sizes}
