# style: changes the velocity in place and puts it back to the last bit

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    kept = velocity.copy()
    velocity *= beta
    velocity += grad(theta)
    new = velocity.copy()
    velocity[...] = kept
    return theta - lr * new, new


def nesterov_step(theta, velocity, grad, lr, beta):
    kept = theta.copy()
    theta -= lr * beta * velocity
    g = np.array(grad(theta))
    theta[...] = kept
    new = beta * velocity + g
    return theta - lr * new, new


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity, n = theta0, np.zeros_like(theta0), 0
    while n <= max_steps and np.isfinite(theta).all():
        if np.linalg.norm(grad(theta)) < tol:
            return n
        theta, velocity = step(theta, velocity, grad, lr, beta)
        n += 1
    return None
