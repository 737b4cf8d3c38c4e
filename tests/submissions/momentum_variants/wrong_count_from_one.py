# mistake: counts from one
# part: steps_to_converge
# says: One too many

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.zeros_like(theta0)
    for n in range(max_steps + 1):
        if not np.isfinite(theta).all():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n + 1
        theta, velocity = step(theta, velocity, grad, lr, beta)
    return None
