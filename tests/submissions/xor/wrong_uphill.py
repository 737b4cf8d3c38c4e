# mistake: adds the slopes
# part: train
# says: against the slope

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(params, cache, Y)
        params = {key: params[key] - -lr * grads[key] for key in params}
    return params, losses
