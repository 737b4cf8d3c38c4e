# mistake: the sum of the losses of the points
# part: train
# says: mean over the points, not a sum

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.sum(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(params, cache, Y)
        params = {key: params[key] - lr * grads[key] for key in params}
    return params, losses
