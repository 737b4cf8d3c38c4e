# mistake: the root of the mean square as the norm
# part: clip_by_norm
# says: shorten all of it

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    flat = np.concatenate([g.ravel() for g in grads])
    norm = np.sqrt((flat**2).mean())
    return [g * min(1, max_norm / max(norm, 1e-300)) for g in grads]
