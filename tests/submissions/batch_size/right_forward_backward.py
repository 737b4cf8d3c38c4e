# style: a class; forward, the library's losses and backward; process_time; 0-d arrays

import time
from collections import defaultdict

import numpy as np

from course_lib import binary_cross_entropy, cross_entropy


def minibatches(n, batch_size, rng):
    order = rng.choice(n, size=n, replace=False)
    n_batches = (n + batch_size - 1) // batch_size
    for k in range(n_batches):
        yield order[k * batch_size : min((k + 1) * batch_size, n)]


class Run:
    def __init__(self, net, params, loss):
        self.net, self.params, self.loss = net, np.array(params, dtype=float), loss

    def step(self, X, Y, lr):
        out, caches = self.net.forward(self.params, X)
        self.params -= lr * self.net.backward(self.params, caches, self.loss(out, Y)[1])

    def value(self, X, Y):
        return np.array(self.loss(self.net.predict(self.params, X), Y)[0])


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    X, Y = data
    results = defaultdict(dict)
    for size in batch_sizes:
        run = Run(net, params, cross_entropy if Y.shape[1] > 1 else binary_cross_entropy)
        rng, losses, begin = np.random.default_rng(seed), [], time.process_time()
        for _ in range(epochs):
            for rows in minibatches(X.shape[0], X.shape[0] if size is None else size, rng):
                run.step(X[rows], Y[rows], lr)
            losses.append(run.value(X, Y))
        results[size]["losses"] = np.array(losses)
        results[size]["seconds_per_epoch"] = np.array((time.process_time() - begin) / epochs)
        said, label = net.predict(run.params, validation[0]), validation[1]
        if label.shape[1] == 1:
            said, label = np.hstack([1 - said, said]), np.hstack([1 - label, label])
        hits = [np.argmax(a) == np.argmax(b) for a, b in zip(said, label)]
        results[size]["val_accuracy"] = np.array(np.mean(hits))
    return results
