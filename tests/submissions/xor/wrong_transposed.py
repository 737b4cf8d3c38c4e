# mistake: weights as (n_out, n_in)
# part: init_params
# says: It lies on its side.

import numpy as np


def init_params(rng):
    return {
        "W1": rng.normal(size=(4, 2)),
        "b1": np.zeros(4),
        "W2": rng.normal(size=(1, 4)),
        "b2": np.zeros(1),
    }
