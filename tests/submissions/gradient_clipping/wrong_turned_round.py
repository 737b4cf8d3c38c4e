# mistake: keeps the large entries and drops the small ones
# part: clip_by_value
# says: the other way round

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.where(np.abs(g) > limit, g, 0) for g in grads]
