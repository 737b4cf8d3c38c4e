# mistake: an integer theta swallows the nudge
# part: numerical_gradient
# says: whole numbers

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[i] = theta[i] + eps
        down[i] = theta[i] - eps
        grad[i] = (f(up) - f(down)) / (2 * eps)
    return grad
