# mistake: class 1 at an output of 0.5, too
# part: run_experiment
# says: That is not above 0.5

import numpy as np


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    (X, Y), (Xv, Yv), out = data, validation, {}
    loss = "binary_cross_entropy" if Y.shape[1] == 1 else "cross_entropy"
    for size in batch_sizes:
        w = params.copy()
        L = []
        t = time.perf_counter()
        rng = np.random.default_rng(seed)
        for e in range(epochs):
            for r in minibatches(len(X), size or len(X), rng):
                w -= lr * net.loss_and_grad(w, X[r], Y[r], loss)[1]
            L.append(net.loss_and_grad(w, X, Y, loss)[0])
        P = net.predict(w, Xv)
        acc = np.mean((P >= 0.5) == Yv) if P.shape[1] == 1 else np.mean(P.argmax(1) == Yv.argmax(1))
        out[size] = {
            "losses": L,
            "seconds_per_epoch": (time.perf_counter() - t) / epochs,
            "val_accuracy": acc,
        }
    return out
