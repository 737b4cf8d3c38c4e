# mistake: puts the clipped arrays into the caller's list
# part: clip_by_value
# says: changed the caller

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    for k, g in enumerate(grads):
        grads[k] = np.clip(g, -limit, limit)
    return grads
