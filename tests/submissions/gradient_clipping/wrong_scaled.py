# mistake: scales each array by its largest entry
# part: clip_by_value
# says: By value cuts each entry alone

import numpy as np


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [g * min(1, limit / np.abs(g).max()) for g in grads]
