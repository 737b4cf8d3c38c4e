# mistake: does not look for entries that are not finite
# part: clip_by_norm
# says: Look at every entry of every array

import numpy as np


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * min(1, max_norm / norm) for g in grads] if norm > max_norm else grads
