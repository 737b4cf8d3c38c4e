# mistake: returns losses, params
# part: train
# says: The order is turned round

import numpy as np


def train(X, Y, lr, epochs, seed):
    rng = np.random.default_rng(seed)
    params = init_params(rng)
    losses = []
    for t in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        g = backward(params, cache, Y)
        params = {k: params[k] - lr * g[k] for k in params}
    return losses, params
