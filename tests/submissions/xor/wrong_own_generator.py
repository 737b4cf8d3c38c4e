# mistake: a generator of its own, always with seed 42
# part: init_params
# says: Two different draws give the same W1 or W2.

import numpy as np


def init_params(rng):
    rng = np.random.default_rng(42)
    W1, W2 = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
    return {"W1": W1, "b1": np.zeros(4), "W2": W2, "b2": np.zeros(1)}
