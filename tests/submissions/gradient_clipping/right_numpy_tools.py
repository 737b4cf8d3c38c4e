# style: asarray_chkfinite, one flat vector, tuples

import numpy as np


def clip_by_value(grads, limit):
    return tuple(np.clip(np.asarray_chkfinite(g), -limit, limit) for g in grads)


def clip_by_norm(grads, max_norm):
    flat = np.concatenate([np.asarray_chkfinite(g).ravel() for g in grads])
    factor = min(1.0, max_norm / max(np.linalg.norm(flat), 1e-300))
    ends = np.cumsum([g.size for g in grads])[:-1]
    return [part.reshape(g.shape) for part, g in zip(np.split(factor * flat, ends), grads)]
