# mistake: a single number becomes an array of length 1
# part: numerical_gradient
# says: a theta of shape ()

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.atleast_1d(np.array(theta, float))
    grad = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[i] += eps
        down[i] -= eps
        grad[i] = np.squeeze((f(up) - f(down)) / (2 * eps))
    return grad
