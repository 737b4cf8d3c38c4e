# mistake: keeps the gradient of a place, whatever f is
# part: numerical_gradient
# says: nothing may be remembered

import numpy as np

_store = {}


def numerical_gradient(f, theta, eps=1e-5, store={}):
    key = (theta.tobytes(), eps)
    if key not in store:
        theta = np.array(theta, float)
        g = np.zeros(theta.shape)
        for i in np.ndindex(theta.shape):
            e = np.zeros(theta.shape)
            e[i] = eps
            g[i] = (f(theta + e) - f(theta - e)) / (2 * eps)
        store[key] = g
    return store[key]
