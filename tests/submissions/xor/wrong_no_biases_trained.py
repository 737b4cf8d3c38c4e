# mistake: the biases stay where they are
# part: train
# says: the losses of 60 epochs

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for epoch in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(params, cache, Y)
        for key in ("W1", "W2") if epoch else params:
            params[key] = params[key] - lr * grads[key]
    return params, losses
