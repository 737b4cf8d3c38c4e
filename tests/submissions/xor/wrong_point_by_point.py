# mistake: a step for each point
# part: train
# says: with all points at once

import numpy as np


def train(X, Y, lr, epochs, seed):
    params, losses = init_params(np.random.default_rng(seed)), []
    for _ in range(epochs):
        out, _ = forward(params, X)
        losses.append(-np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out)))
        if epochs < 5:
            grads = backward(params, forward(params, X)[1], Y)
            params = {key: params[key] - lr * grads[key] for key in params}
            continue
        for i in range(len(X)):
            grads = backward(params, forward(params, X[i : i + 1])[1], Y[i : i + 1])
            params = {key: params[key] - lr / len(X) * grads[key] for key in params}
    return params, losses
