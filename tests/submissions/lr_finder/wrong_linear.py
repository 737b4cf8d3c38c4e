# mistake: equal distances
# part: lr_sweep
# says: make them geometric
# scores: 0

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.linspace(lr_min, lr_max, n_steps)
