# mistake: takes the pair of a step for theta
# part: steps_to_converge
# says: taken apart first

import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    t, v = theta0.copy(), np.zeros_like(theta0)
    for n in range(max_steps + 1):
        if np.linalg.norm(grad(t)) < tol:
            return n
        t = step(t, v, grad, lr, beta)
