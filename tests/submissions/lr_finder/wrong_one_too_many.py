# mistake: counts steps, not rates
# part: lr_sweep
# says: One rate too many
# scores: 0

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.geomspace(lr_min, lr_max, n_steps + 1)
