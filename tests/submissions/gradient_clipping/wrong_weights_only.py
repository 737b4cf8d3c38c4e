# mistake: the norm of the weights only
# part: clip_by_norm
# says: the biases too

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads if g.ndim == 2))
    scale = min(1, max_norm / max(norm, 1e-300))
    return [g * scale if g.ndim == 2 else g for g in grads]
