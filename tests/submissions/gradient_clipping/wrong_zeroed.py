# mistake: large entries become 0
# part: clip_by_value
# says: Large entries became 0

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.where(np.abs(g) > limit, 0, g) for g in grads]
