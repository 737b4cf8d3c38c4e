# mistake: a nudge of its own instead of the given eps
# part: numerical_gradient
# says: use the eps that you are given

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta, h = np.array(theta, float), 1e-6
    grad = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = h
        grad[i] = (f(theta + e) - f(theta - e)) / (2 * h)
    return grad
