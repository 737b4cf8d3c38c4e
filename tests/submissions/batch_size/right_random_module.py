# style: Python's own random in the experiment; zip_longest for the cutting; restores params

import itertools
import random
import time


def minibatches(n, batch_size, rng):
    rows = rng.permuted(range(n)).tolist()
    for group in itertools.zip_longest(*[iter(rows)] * batch_size):
        yield [row for row in group if row is not None]


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    X, Y = data
    loss = {1: "binary_cross_entropy"}.get(Y.shape[1], "cross_entropy")
    first, results = params.copy(), {}
    for size in batch_sizes:
        generator = random.Random(seed)
        losses, begin = [], time.perf_counter()
        for _ in range(epochs):
            order = list(range(len(X)))
            generator.shuffle(order)
            while order:
                rows, order = order[: size or len(X)], order[size or len(X) :]
                params -= lr * net.loss_and_grad(params, X[rows], Y[rows], loss)[1]
            losses.append(net.loss_and_grad(params, X, Y, loss)[0])
        seconds = time.perf_counter() - begin
        said = net.predict(params, validation[0])
        right = (said > 0.5) == (validation[1] > 0.5)
        if Y.shape[1] > 1:
            right = said.argmax(axis=1) == validation[1].argmax(axis=1)
        results[size] = {
            "losses": losses,
            "seconds_per_epoch": seconds / epochs,
            "val_accuracy": right.sum() / len(right),
        }
        params[:] = first
    return results
