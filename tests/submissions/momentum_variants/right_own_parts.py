# style: the look-ahead step is the first step with another gradient; a generator counts

import itertools

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    def grad_ahead(place):
        return grad(place - lr * beta * velocity)

    v = beta * velocity + grad_ahead(theta)
    return theta - lr * v, v


def places(step, grad, theta, lr, beta):
    velocity = np.zeros_like(theta)
    while True:
        yield theta
        theta, velocity = step(theta, velocity, grad=grad, lr=lr, beta=beta)


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    run = places(step, grad, theta0, lr, beta)
    for n, theta in enumerate(itertools.islice(run, max_steps + 1)):
        norm = np.linalg.norm(grad(theta))
        if not np.isfinite(norm):
            return None
        if norm < tol:
            return n
    return None
