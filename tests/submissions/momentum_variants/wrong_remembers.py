# mistake: keeps the velocity in a global
# part: momentum_step
# says: Nothing may be remembered

import numpy as np

kept = {}


def momentum_step(theta, velocity, grad, lr, beta):
    old = kept.get("velocity", velocity) if not np.any(velocity) else velocity
    if np.shape(old) != np.shape(theta):
        old = velocity
    kept["velocity"] = beta * old + grad(theta)
    return theta - lr * kept["velocity"], kept["velocity"]
