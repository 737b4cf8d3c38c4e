# mistake: the largest entry as the norm
# part: clip_by_norm
# says: clip_by_norm

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = max(np.abs(g).max() for g in grads)
    return [g * min(1, max_norm / max(norm, 1e-300)) for g in grads]
