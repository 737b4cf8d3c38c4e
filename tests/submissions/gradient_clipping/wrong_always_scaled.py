# mistake: makes short gradients longer
# part: clip_by_norm
# says: never made longer

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * max_norm / norm if norm else g for g in grads]
