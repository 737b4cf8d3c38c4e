# style: prints, warns, makes warnings errors; an option more; datetime for a clock

import sys
import warnings
from datetime import datetime

import numpy as np

warnings.simplefilter("error")


def minibatches(n, batch_size, rng, shuffle=True):
    print("cutting", n, "rows")
    order = rng.permutation(np.arange(n)) if shuffle else np.arange(n)
    return (order[i : i + batch_size] for i in range(0, n, batch_size))


def run_experiment(net, params, data, validation, batch_sizes, epochs, lr, seed):
    warnings.warn("this may take a while", UserWarning, stacklevel=2)
    X, Y = (np.asarray(part) for part in data)
    result = dict.fromkeys(batch_sizes)
    for size in result:
        rng = np.random.default_rng(seed)
        w, log, spent = params, [], 0.0
        loss = "binary_cross_entropy" if Y.shape[1] < 2 else "cross_entropy"
        for _ in range(epochs):
            begin = datetime.now()
            for rows in minibatches(len(X), size or len(X), rng, shuffle=size is not None):
                value, slope = net.loss_and_grad(w, X[rows], Y[rows], loss)
                w = w - lr * slope
            log.append(net.loss_and_grad(w, X, Y, loss)[0])
            spent += (datetime.now() - begin).total_seconds()
            print("loss", log[-1], file=sys.stderr)
        said = net.predict(w, validation[0])
        a, b = ((o > 0.5)[:, 0] if Y.shape[1] < 2 else o.argmax(-1) for o in (said, validation[1]))
        share = np.count_nonzero(a == b) / len(said)
        result[size] = {"losses": log, "seconds_per_epoch": spent / epochs, "val_accuracy": share}
    return result
