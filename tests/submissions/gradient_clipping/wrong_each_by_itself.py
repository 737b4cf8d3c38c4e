# mistake: each array by its own norm
# part: clip_by_norm
# says: take one norm over all arrays

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [g * min(1, max_norm / np.linalg.norm(g)) if g.any() else g for g in grads]
