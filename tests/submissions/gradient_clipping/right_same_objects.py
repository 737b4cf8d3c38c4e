# style: small gradients are handed back as they came; where, sign

import numpy as np


def clip_by_value(grads, limit):
    for g in grads:
        if np.isnan(g).any() or np.isinf(g).any():
            raise ValueError("NaN or infinity in the gradient")
    return [np.where(np.abs(g) > limit, np.sign(g) * limit, g) for g in grads]


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    if not np.isfinite(norm):
        raise ValueError("NaN or infinity in the gradient")
    return grads if norm <= max_norm else [g * max_norm / norm for g in grads]
