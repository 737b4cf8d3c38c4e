# style: helpers named like what the notebook or its tests import

import numpy as np


def expect(f, there):
    return f(there)


def mlp(x):
    return x


def mse(x):
    return x


def loss(x):
    return x


def check(x):
    return x


def graded(x):
    return x


data = train = result = 3


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta, float)
    g = np.empty(theta.shape)
    for i in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[i] = mlp(eps)
        g[i] = (expect(f, theta + e) - expect(f, theta - e)) / (2 * mse(eps))
    return g
