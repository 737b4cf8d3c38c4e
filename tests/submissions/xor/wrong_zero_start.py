# mistake: all weights zero
# part: init_params
# says: Some weights in W1 are equal.

import numpy as np


def init_params(rng):
    return {
        "W1": np.zeros((2, 4)),
        "b1": np.zeros(4),
        "W2": np.zeros((4, 1)),
        "b2": np.zeros(1),
    }
