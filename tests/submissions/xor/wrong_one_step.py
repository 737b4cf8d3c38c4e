# mistake: starts every step from the first params
# part: train
# says: from where the last one led

import numpy as np


def train(X, Y, lr, epochs, seed):
    start, losses = init_params(np.random.default_rng(seed)), []
    params = start
    for _ in range(epochs):
        out, cache = forward(start, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(start, cache, Y)
        params = {key: start[key] - lr * grads[key] for key in start}
    return params, losses
