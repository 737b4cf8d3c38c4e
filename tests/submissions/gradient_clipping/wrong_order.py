# mistake: the arrays in reverse order
# part: clip_by_value
# says: The shape should be (2, 2)

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    clipped = []
    for g in grads:
        clipped.insert(0, np.clip(g, -limit, limit))
    return clipped
