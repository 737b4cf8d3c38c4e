# mistake: returns nothing
# part: clip_by_value
# says: Is there a return statement?

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    for g in grads:
        np.clip(g, -limit, limit)
