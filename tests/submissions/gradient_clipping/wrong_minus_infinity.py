# mistake: finds infinity only with a plus
# part: clip_by_value
# says: -inf in array 0

import numpy as np


def clip_by_value(grads, limit):
    for g in grads:
        if np.isnan(g.max()) or g.max() == np.inf:
            raise ValueError("not finite")
    return [np.clip(g, -limit, limit) for g in grads]
