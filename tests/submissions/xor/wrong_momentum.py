# mistake: a velocity that nobody asked for
# part: train
# says: Full batch: in each epoch one step

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    velocity = {key: 0 for key in params}
    for _ in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(params, cache, Y)
        velocity = {key: 0.9 * velocity[key] + grads[key] for key in params}
        params = {key: params[key] - lr * velocity[key] for key in params}
    return params, losses
