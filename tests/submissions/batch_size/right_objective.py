# style: the network's own objective draws the batches; argsort of random keys; np.split

import time

import numpy as np


def minibatches(n, batch_size, rng):
    return np.split(np.argsort(rng.random(n)), range(batch_size, n, batch_size))


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    loss = "cross_entropy" if np.shape(data[1])[-1] != 1 else "binary_cross_entropy"
    n = len(data[0])

    def train_with(size):
        w, ask = np.array(params), net.objective(*data, loss, batch_size=size, seed=seed)
        per_epoch = int(np.ceil(n / (size or n)))
        losses, spent = np.zeros(epochs), np.zeros(epochs)
        for step in range(epochs * per_epoch):
            begin = time.perf_counter()
            w = w - lr * ask(w, step)[1]
            spent[step // per_epoch] += time.perf_counter() - begin
            losses[step // per_epoch] = net.loss_and_grad(w, *data, loss)[0]
        out = net.predict(w, validation[0])
        wrong = np.round(out) != validation[1]
        if out.shape[1] > 1:
            wrong = out.argmax(1) != validation[1].argmax(1)
        return {
            "losses": losses,
            "seconds_per_epoch": spent.mean(),
            "val_accuracy": 1 - np.mean(wrong),
        }

    return {size: train_with(size) for size in batch_sizes}
