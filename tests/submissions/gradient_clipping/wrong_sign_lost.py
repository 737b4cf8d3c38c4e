# mistake: loses the sign
# part: clip_by_value
# says: The signs are lost

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.minimum(np.abs(g), limit) for g in grads]
