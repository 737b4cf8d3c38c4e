# style: isreal trick with sums; object array of arrays

import numpy as np


def clip_by_value(grads, limit):
    if not np.isfinite(sum(np.abs(g).sum() for g in grads)):
        raise ValueError
    return [
        np.median([np.full(g.shape, -limit), g, np.full(g.shape, limit)], axis=0) for g in grads
    ]


def clip_by_norm(grads, max_norm):
    try:
        flat = np.hstack([np.asarray_chkfinite(g).reshape(-1) for g in grads])
    except ValueError as problem:
        raise ValueError("cannot clip") from problem
    norm = np.sqrt(flat @ flat)
    scale = np.where(norm > max_norm, max_norm / np.where(norm > 0, norm, 1), 1)
    return [scale * g for g in grads]
