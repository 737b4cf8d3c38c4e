# style: lists of lists; the library's SGD; the clock around everything; sums in plain Python

from time import perf_counter

import numpy as np

from course_lib import SGD


def minibatches(n, batch_size, rng):
    order = list(range(n))
    rng.shuffle(order)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    (X, Y), (Xv, Yv), results = data, validation, {}
    loss = ["binary_cross_entropy", "cross_entropy"][len(Y[0]) > 1]
    for size in batch_sizes:
        begin, rng, losses, optimizer = perf_counter(), np.random.default_rng(seed), [], SGD(lr)
        theta, state = params, optimizer.init(params)
        for _ in range(epochs):
            for rows in minibatches(len(X), size or len(X), rng):
                grad = net.loss_and_grad(theta, X[rows], Y[rows], loss)[1]
                theta, state = optimizer.step(theta, grad, state)
            losses += [float(net.loss_and_grad(theta, X, Y, loss)[0])]
        seconds = (perf_counter() - begin) / epochs
        right = 0
        for said, label in zip(net.predict(theta, Xv), Yv):
            if len(said) == 1:
                right += int((said[0] > 0.5) == bool(label[0]))
            else:
                right += int(list(said).index(max(said)) == list(label).index(max(label)))
        results[size] = dict(losses=losses, seconds_per_epoch=seconds, val_accuracy=right / len(Xv))
    return results
