# mistake: compares with the largest number, which NaN passes
# part: clip_by_value
# says: comparing does not find it

import numpy as np


def clip_by_value(grads, limit):
    largest = np.finfo(float).max
    if any((g > largest).any() or (g < -largest).any() for g in grads):
        raise ValueError("infinite")
    return [np.clip(g, -limit, limit) for g in grads]
