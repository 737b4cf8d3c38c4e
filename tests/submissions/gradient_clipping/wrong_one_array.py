# mistake: returns one flat array
# part: clip_by_value
# says: One for each array

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return np.clip(np.concatenate([g.ravel() for g in grads]), -limit, limit)
