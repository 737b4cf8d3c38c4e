# mistake: never shortens
# part: clip_by_norm
# says: shorten all of it

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [g.copy() for g in grads]
