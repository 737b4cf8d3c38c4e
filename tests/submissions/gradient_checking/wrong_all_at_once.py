# mistake: nudges all parameters at the same time
# part: numerical_gradient
# says: one at a time

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    return np.full(theta.shape, (f(theta + eps) - f(theta - eps)) / (2 * eps))
