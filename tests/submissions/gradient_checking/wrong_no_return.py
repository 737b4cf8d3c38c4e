# mistake: forgets to return the gradient
# part: numerical_gradient
# says: return statement
# scores: 0

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    grad = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        e = np.zeros_like(theta)
        e[i] = eps
        grad[i] = (f(theta + e) - f(theta - e)) / (2 * eps)
