# mistake: notes the squared error
# part: train
# says: the second loss

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        out, cache = forward(params, X)
        losses.append(np.mean((out - Y) ** 2))
        grads = backward(params, cache, Y)
        params = {key: params[key] - lr * grads[key] for key in params}
    return params, losses
