# mistake: the params before the last step
# part: train
# says: Return the params after the last step

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for epoch in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        if epoch == epochs - 1 and epochs > 1:
            break
        grads = backward(params, cache, Y)
        params = {key: params[key] - lr * grads[key] for key in params}
    return params, losses
