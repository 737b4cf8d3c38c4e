# style: the step along the slope from the place looked at

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    v = grad(theta) + velocity * beta
    return np.subtract(theta, np.multiply(lr, v)), v


def nesterov_step(theta, velocity, grad, lr, beta):
    ahead = theta - lr * beta * velocity
    g = grad(ahead)
    return ahead - lr * g, beta * velocity + g


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.full_like(theta0, 0.0)
    for n in range(max_steps + 1):
        if n > 0:
            theta, velocity = step(theta, velocity, grad, lr, beta)
        slope = np.asarray(grad(theta))
        if not np.all(np.isfinite(slope)):
            return None
        if (slope**2).sum() ** 0.5 < tol:
            return n
    return None
