# mistake: does not look for entries that are not finite
# part: clip_by_value
# says: Look at every entry of every array

import numpy as np


def clip_by_value(grads, limit):
    return [np.clip(g, -limit, limit) for g in grads]
