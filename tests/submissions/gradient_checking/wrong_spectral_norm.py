# mistake: the spectral norm for matrices
# part: relative_error
# says: square root of the sum of all squares

import numpy as np


def relative_error(a, b):
    size = np.linalg.norm(a, 2) + np.linalg.norm(b, 2)
    return np.linalg.norm(a - b, 2) / size if size else 0.0
