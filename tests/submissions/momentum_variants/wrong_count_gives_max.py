# mistake: returns max_steps where it did not arrive
# part: steps_to_converge
# says: Not by then: return None

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.zeros_like(theta0)
    for n in range(max_steps):
        if not np.isfinite(theta).all():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n
        theta, velocity = step(theta, velocity, grad, lr, beta)
    return n + 1
