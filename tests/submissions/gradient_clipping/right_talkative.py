# style: prints and warns; restores what it changed in place; stacks objects

import warnings

import numpy as np


def clip_by_value(grads, limit):
    print("clipping", len(grads), "arrays to", limit)
    before, after = [g.copy() for g in grads], []
    for g in grads:
        if not np.isfinite(g).all():
            raise ValueError("not finite")
        np.clip(g, -limit, limit, out=g)
        after.append(g.copy())
    for g, old in zip(grads, before):
        g[...] = old
    return after


def clip_by_norm(grads, max_norm):
    warnings.warn("clipping by norm", stacklevel=2)
    norm2 = 0.0
    for g in grads:
        norm2 = norm2 + np.vdot(g, g)
    if norm2 - norm2 != 0:  # NaN or infinite
        raise ValueError("not finite")
    scale = 1.0
    if norm2 > max_norm**2:
        scale = max_norm / norm2**0.5
    return [np.multiply(g, scale) for g in grads]
