# mistake: takes the root of the factor
# part: clip_by_norm
# says: not of the factor

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    squares = sum((g**2).sum() for g in grads)
    if squares <= max_norm:
        return grads
    return [g * (max_norm / squares) ** 0.5 for g in grads]
