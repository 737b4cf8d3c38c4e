# mistake: the limit is always 1
# part: clip_by_value
# says: limit is an argument

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(g, -1, 1) for g in grads]
