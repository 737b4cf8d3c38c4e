# mistake: scales the first array only
# part: clip_by_norm
# says: shorten all of it

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [grads[0] * min(1, max_norm / max(norm, 1e-300)), *grads[1:]]
