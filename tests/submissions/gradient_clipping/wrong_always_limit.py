# mistake: every entry becomes plus or minus the limit
# part: clip_by_value
# says: small ones stay as they are

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.where(g < 0, -limit, limit) for g in grads]
