# style: every quantity gets a name, a while loop

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    g = grad(theta)
    new_velocity = beta * velocity + g
    new_theta = theta - lr * new_velocity
    return new_theta, new_velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    look_ahead = theta - lr * beta * velocity
    new_velocity = beta * velocity + grad(look_ahead)
    new_theta = theta - lr * new_velocity
    return new_theta, new_velocity


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta = np.array(theta0, dtype=float)
    velocity = np.zeros(theta.shape)
    taken = 0
    while True:
        norm = np.sqrt(np.sum(np.square(grad(theta))))
        if not np.isfinite(norm):
            return None
        if norm < tol:
            return taken
        if taken == max_steps:
            return None
        theta, velocity = step(theta, velocity, grad, lr, beta)
        taken += 1
