# mistake: adds up the norms of the arrays
# part: clip_by_norm
# says: Add up squares

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = sum(np.linalg.norm(g) for g in grads)
    return [g * min(1, max_norm / max(norm, 1e-300)) for g in grads]
