# mistake: the rate 0.5, whatever lr says
# part: train
# says: Does the step use lr

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        out, cache = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        grads = backward(params, cache, Y)
        params = {key: params[key] - 0.5 * grads[key] for key in params}
    return params, losses
