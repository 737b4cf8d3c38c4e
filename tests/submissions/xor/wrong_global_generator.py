# mistake: draws from the generator that all share
# part: init_params
# says: draw from rng, and from nothing else

import numpy as np


def init_params(rng):
    return {
        "W1": np.random.randn(2, 4),  # noqa: NPY002
        "b1": np.zeros(4),
        "W2": np.random.randn(4, 1),  # noqa: NPY002
        "b2": np.zeros(1),
    }
