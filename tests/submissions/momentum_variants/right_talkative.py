# style: prints, warns and divides by zero on the way

import sys
import warnings

import numpy as np


def momentum_step(theta, velocity, grad, lr, beta):
    print("at", theta)
    warnings.warn("here I am", stacklevel=2)
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    sys.stderr.write("looking ahead\n")
    np.log(np.zeros(1))
    velocity = beta * velocity + grad(theta - lr * beta * velocity)
    return theta - lr * velocity, velocity


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0.copy(), np.zeros(theta0.shape)
    for n in range(0, max_steps + 1):
        g = grad(theta)
        finite = np.isfinite(theta).all() and np.isfinite(g).all() and np.isfinite(velocity).all()
        if not finite:
            print("gone astray", np.ones(1) / np.zeros(1))
            return None
        if np.linalg.norm(g) < tol:
            return n
        theta, velocity = step(theta, velocity, grad, lr, beta)
    return None
