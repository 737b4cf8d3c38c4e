# mistake: replaces NaN by zero
# part: clip_by_value
# says: no error, but

import numpy as np


def clip_by_value(grads, limit):
    return [np.clip(np.nan_to_num(g), -limit, limit) for g in grads]
