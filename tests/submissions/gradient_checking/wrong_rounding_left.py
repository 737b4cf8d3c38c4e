# mistake: changes the caller's theta and takes the nudge off again, which leaves rounding behind
# part: numerical_gradient
# says: leaves rounding behind

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    if theta.dtype.kind != "f":
        theta = theta.astype(float)
    grad = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        theta[i] += eps
        up = f(theta)
        theta[i] -= 2 * eps
        down = f(theta)
        theta[i] += eps
        grad[i] = (up - down) / (2 * eps)
    return grad
