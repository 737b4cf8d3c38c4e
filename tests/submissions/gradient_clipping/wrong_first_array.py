# mistake: clips the first array only
# part: clip_by_value
# says: Clip every array

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(grads[0], -limit, limit), *grads[1:]]
