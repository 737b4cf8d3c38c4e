# mistake: each loss after its step
# part: train
# says: Take the loss before the step

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        _, cache = forward(params, X)
        grads = backward(params, cache, Y)
        params = {key: params[key] - lr * grads[key] for key in params}
        out, _ = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
    return params, losses
