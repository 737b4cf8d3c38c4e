# mistake: returns None for a bad gradient
# part: clip_by_value
# says: no error, but

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        return None
    return [np.clip(g, -limit, limit) for g in grads]
