# mistake: calls the library
# part: clip_by_norm
# says: the library's own version
# scores: 0

import numpy as np

import course_lib


def clip_by_norm(grads, max_norm):
    if not all(np.isfinite(g).all() for g in grads):
        raise ValueError("not finite")
    clip = course_lib.clip_by_norm(max_norm)
    flat = clip(np.concatenate([g.ravel() for g in grads]))
    ends = np.cumsum([g.size for g in grads])[:-1]
    return [part.reshape(g.shape) for part, g in zip(np.split(flat, ends), grads)]
