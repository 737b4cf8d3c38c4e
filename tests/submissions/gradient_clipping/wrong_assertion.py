# mistake: raises an AssertionError
# part: clip_by_value
# says: got AssertionError

import numpy as np


def clip_by_value(grads, limit):
    for g in grads:
        assert np.isfinite(g).all()
    return [np.clip(g, -limit, limit) for g in grads]
