# mistake: takes the rates for exponents
# part: lr_sweep
# says: rates, not exponents
# scores: 0

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.logspace(lr_min, lr_max, n_steps)
