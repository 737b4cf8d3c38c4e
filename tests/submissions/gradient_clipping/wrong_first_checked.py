# mistake: looks at the first array only
# part: clip_by_value
# says: in array 1

import numpy as np


def clip_by_value(grads, limit):
    if not np.isfinite(grads[0]).all():
        raise ValueError("not finite")
    return [np.clip(g, -limit, limit) for g in grads]
