# mistake: divides by the larger norm
# part: relative_error
# says: the sum of both lengths

import numpy as np


def relative_error(a, b):
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size else 0.0
