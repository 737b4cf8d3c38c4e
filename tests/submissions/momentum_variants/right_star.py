# style: from numpy import *, which covers sum, all and max

from numpy import *
from math import *
import numpy as np


def steps_to_converge(step, grad, theta0, lr, beta, tol=1e-6, max_steps=10_000):
    theta = np.array(theta0) * 1.0
    v = theta * 0
    n = 0
    while np.linalg.norm(np.ravel(grad(theta))) >= tol:
        if n == max_steps:
            return None
        theta, v = step(theta, v, grad, lr, beta)
        n += 1
        if (
            not np.isfinite(theta).all()
            or not np.isfinite(v).all()
            or not np.isfinite(grad(theta)).all()
        ):
            return None
    g = grad(theta)
    return n if np.isfinite(g).all() else None
