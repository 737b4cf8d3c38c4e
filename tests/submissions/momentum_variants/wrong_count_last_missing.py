# mistake: the last step does not count
# part: steps_to_converge
# says: max_steps=3 allows three steps

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta, velocity = theta0, np.zeros_like(theta0)
    for n in range(max_steps):
        if not np.isfinite(theta).all():
            return None
        if np.linalg.norm(grad(theta)) < tol:
            return n
        theta, velocity = step(theta, velocity, grad, lr, beta)
    return None
