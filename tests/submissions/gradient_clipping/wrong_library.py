# mistake: calls the library
# part: clip_by_value
# says: the library's own version
# scores: 0

import numpy as np

from course_lib.clipping import clip_by_value as library


def clip_by_value(grads, limit):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    return [library(limit)(g) for g in grads]
