# mistake: always a factor of ten
# part: lr_sweep
# says: There are n_steps rates

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    rates = [lr_min]
    while rates[-1] * 10 <= lr_max * 1.0001:
        rates.append(rates[-1] * 10)
    return np.array(rates)
