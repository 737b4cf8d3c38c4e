# mistake: one number per entry
# part: relative_error
# says: One number for both arrays

import numpy as np


def relative_error(a, b):
    size = abs(a) + abs(b)
    return np.where(size > 0, abs(a - b) / np.where(size > 0, size, 1), 0.0)
