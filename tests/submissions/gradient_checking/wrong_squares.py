# mistake: sums of squares, the square root is missing
# part: relative_error
# says: square roots

import numpy as np


def relative_error(a, b):
    size = np.sum(a**2) + np.sum(b**2)
    return np.sum((a - b) ** 2) / size if size else 0.0
