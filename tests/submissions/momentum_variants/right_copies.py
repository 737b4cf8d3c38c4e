# style: copies first, then works in place

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    theta, velocity = np.copy(theta), np.copy(velocity)
    velocity *= beta
    velocity += grad(theta)
    theta -= lr * velocity
    return theta, velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    theta, velocity = np.copy(theta), np.copy(velocity)
    velocity *= beta
    velocity += grad(theta - lr * velocity)
    theta -= lr * velocity
    return [theta, velocity]


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta = np.copy(theta0)
    velocity = 0 * theta
    if np.linalg.norm(grad(theta)) < tol:
        return 0
    for n in range(1, max_steps + 1):
        theta, velocity = step(theta, velocity, grad, lr, beta)
        if np.isnan(theta).any() or np.isinf(theta).any():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n
