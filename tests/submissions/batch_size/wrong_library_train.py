# mistake: calls the library's training
# part: run_experiment
# says: the library's own version
# scores: 0

import numpy as np

from course_lib import SGD, train


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    results = {}
    for size in batch_sizes:
        loss = "binary_cross_entropy" if data[1].shape[1] == 1 else "cross_entropy"
        losses, theta, seconds = [], params, []
        for epoch in range(epochs):
            h = train(
                net, theta, data, loss, SGD(lr), 1, size, validation, seed=seed * 1000 + epoch
            )
            theta = h.params
            losses.append(net.loss_and_grad(theta, *data, loss)[0])
            seconds.append(h.epoch_seconds[0])
        results[size] = {
            "losses": losses,
            "seconds_per_epoch": np.mean(seconds),
            "val_accuracy": h.val_accuracy[-1],
        }
    return results
