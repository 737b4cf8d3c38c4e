# mistake: asks only after a step
# part: steps_to_converge
# says: Ask before the first step

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.zeros_like(theta0)
    for n in range(1, max_steps + 1):
        theta, velocity = step(theta, velocity, grad, lr, beta)
        if not np.isfinite(theta).all():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n
    return None
