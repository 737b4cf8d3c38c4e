# mistake: weights of 0.01, as a demonstration in circulation has them
# part: init_params
# says: too small: the units hardly differ

import numpy as np


def init_params(rng):
    return {
        "W1": 0.01 * rng.normal(size=(2, 4)),
        "b1": np.zeros(4),
        "W2": 0.01 * rng.normal(size=(4, 1)),
        "b2": np.zeros(1),
    }
