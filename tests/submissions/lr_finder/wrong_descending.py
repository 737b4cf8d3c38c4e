# mistake: the largest rate first
# part: lr_sweep
# says: The order is turned round
# scores: 0

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.geomspace(lr_max, lr_min, n_steps)
