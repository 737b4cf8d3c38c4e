# mistake: divides zero by zero
# part: clip_by_norm
# says: 0 / 0 is NaN

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g / norm * min(norm, max_norm) for g in grads]
