# mistake: does not hand the velocity on
# part: steps_to_converge
# says: what a step returns goes into the next

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta = theta0
    for n in range(max_steps + 1):
        if not np.isfinite(theta).all():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n
        theta, _ = step(theta, np.zeros_like(theta0), grad, lr, beta)
    return None
