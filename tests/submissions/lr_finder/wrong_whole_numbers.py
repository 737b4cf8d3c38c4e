# mistake: whole numbers where both ends are
# part: lr_sweep
# says: geometric

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    out = np.geomspace(lr_min, lr_max, n_steps)
    return out.astype(type(lr_max)) if isinstance(lr_max, int) and isinstance(lr_min, int) else out
