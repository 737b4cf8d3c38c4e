# mistake: the last rate is missing
# part: lr_sweep
# says: The last rate is missing
# scores: 0

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.geomspace(lr_min, lr_max, n_steps, endpoint=False)
