# mistake: clips in place
# part: clip_by_value
# says: changed the caller

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(g, -limit, limit, out=g) for g in grads]
