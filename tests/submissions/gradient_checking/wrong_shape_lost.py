# mistake: the gradient of a matrix comes back flat
# part: numerical_gradient
# says: give them theta's shape

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    grad = []
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = eps
        grad.append((f(theta + e) - f(theta - e)) / (2 * eps))
    return np.array(grad)
