# mistake: the factor upside down
# part: clip_by_norm
# says: not norm / max_norm

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * norm / max_norm for g in grads] if norm > max_norm else grads
