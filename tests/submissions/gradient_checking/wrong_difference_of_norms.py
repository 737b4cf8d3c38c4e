# mistake: the difference of the lengths, not the length of the difference
# part: relative_error
# says: length of the difference

import numpy as np


def relative_error(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return abs(np.linalg.norm(a) - np.linalg.norm(b)) / size if size else 0.0
