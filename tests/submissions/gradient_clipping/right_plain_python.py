# style: loops over entries, math.sqrt, nested lists out

import math

import numpy as np


def clip_by_value(grads, limit):
    result = []
    for g in grads:
        out = np.zeros(g.shape)
        for place in np.ndindex(g.shape):
            x = float(g[place])
            if math.isnan(x) or math.isinf(x):
                raise ValueError("not finite")
            out[place] = limit if x > limit else -limit if x < -limit else x
        result.append(out.tolist())
    return result


def clip_by_norm(grads, max_norm):
    total = 0.0
    for g in grads:
        for x in g.ravel().tolist():
            if not math.isfinite(x):
                raise ValueError(f"entry {x}")
            total += x * x
    norm = math.sqrt(total)
    if norm <= max_norm:
        return [g.tolist() for g in grads]
    return [(g * (max_norm / norm)).tolist() for g in grads]
