# mistake: bounds the squares
# part: clip_by_value
# says: not their squares

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(g, -(limit**0.5), limit**0.5) for g in grads]
