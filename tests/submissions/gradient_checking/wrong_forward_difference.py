# mistake: the forward difference instead of the central one
# part: numerical_gradient
# says: forward difference

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    grad = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        up = theta.copy()
        up[i] += eps
        grad[i] = (f(up) - f(theta)) / eps
    return grad
