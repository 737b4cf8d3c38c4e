# mistake: f is called with a flat array instead of one shaped like theta
# part: numerical_gradient
# says: Keep the shape

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    flat = np.array(theta, float).ravel()
    grad = np.zeros_like(flat)
    for i in range(flat.size):
        e = np.zeros_like(flat)
        e[i] = eps
        grad[i] = (f(flat + e) - f(flat - e)) / (2 * eps)
    return grad.reshape(np.shape(theta))
