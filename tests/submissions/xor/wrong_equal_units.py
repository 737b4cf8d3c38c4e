# mistake: one draw for all hidden units
# part: init_params
# says: Some weights in W1 are equal.

import numpy as np


def init_params(rng):
    return {
        "W1": np.tile(rng.normal(size=(2, 1)), (1, 4)),
        "b1": np.zeros(4),
        "W2": rng.normal(size=(4, 1)),
        "b2": np.zeros(1),
    }
