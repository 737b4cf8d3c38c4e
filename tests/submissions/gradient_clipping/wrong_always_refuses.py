# mistake: refuses every gradient that is longer than max_norm
# part: clip_by_norm
# says: stopped with ValueError

import numpy as np


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    if not norm <= max_norm:
        raise ValueError("too long")
    return grads
