# mistake: refuses NaN, not infinity
# part: clip_by_norm
# says: inf in array

import numpy as np


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    if np.isnan(norm):
        raise ValueError("NaN")
    return [g * (max_norm / norm) for g in grads] if norm > max_norm else grads
