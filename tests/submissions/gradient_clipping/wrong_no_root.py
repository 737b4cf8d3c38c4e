# mistake: the root is missing
# part: clip_by_norm
# says: The root is missing

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = sum((g**2).sum() for g in grads)
    return [g * max_norm / norm for g in grads] if norm > max_norm else grads
