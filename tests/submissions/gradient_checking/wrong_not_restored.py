# mistake: the nudge is taken off, but never put back
# part: numerical_gradient
# says: Undo each nudge

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    grad = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        theta[i] += eps
        up = f(theta)
        theta[i] -= 2 * eps
        grad[i] = (up - f(theta)) / (2 * eps)
    return grad
