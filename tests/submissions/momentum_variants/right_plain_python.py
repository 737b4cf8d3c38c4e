# style: loops over entries, lists for an answer

import math

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    g = np.asarray(grad(theta))
    places = list(np.ndindex(g.shape))
    v = np.array([beta * velocity[i] + g[i] for i in places]).reshape(g.shape)
    t = np.array([theta[i] for i in places]).reshape(g.shape) - lr * v
    return t.tolist(), v.tolist()


def along(theta, velocity, g, lr, beta):
    v = beta * np.asarray(velocity) + g
    return (theta - lr * v).tolist(), v.tolist()


def nesterov_step(theta, velocity, grad, lr, beta):
    there = theta - np.asarray(velocity) * (lr * beta)
    return along(theta, velocity, grad(there), lr, beta)


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.zeros_like(theta0)
    for n in range(max_steps + 1):
        slopes = [float(g) for g in np.ravel(grad(theta))]
        if not all(math.isfinite(number) for number in slopes):
            return None
        if math.hypot(*slopes) < tol:
            return np.int64(n)
        theta, velocity = step(theta, velocity, grad, lr, beta)
    return None
