# mistake: cuts to between 0 and limit
# part: clip_by_value
# says: become -limit, not 0

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(g, 0, limit) for g in grads]
