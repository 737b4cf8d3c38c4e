# mistake: flattens the arrays
# part: clip_by_norm
# says: The shape should be (2, 2)

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g.ravel() * min(1, max_norm / max(norm, 1e-300)) for g in grads]
