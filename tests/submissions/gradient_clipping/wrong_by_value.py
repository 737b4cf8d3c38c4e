# mistake: clips by value
# part: clip_by_norm
# says: that is part 1

import numpy as np


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [np.clip(g, -max_norm, max_norm) for g in grads]
