# mistake: cuts the upper side only
# part: clip_by_value
# says: Only the upper side is cut

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.minimum(g, limit) for g in grads]
