# mistake: refuses NaN but clips infinity
# part: clip_by_value
# says: Look at every entry of every array

import numpy as np


def clip_by_value(grads, limit):
    if any(np.isnan(g).any() for g in grads):
        raise ValueError("NaN")
    return [np.clip(g, -limit, limit) for g in grads]
