# mistake: divides by eps, although the two nudges are 2 * eps apart
# part: numerical_gradient
# says: divide by 2*eps

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    grad = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = eps
        grad[i] = (f(theta + e) - f(theta - e)) / eps
    return grad
