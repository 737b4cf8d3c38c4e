# mistake: says 0 as soon as one of the two gradients is zero
# part: relative_error
# says: Only where both are zero

import numpy as np


def relative_error(a, b):
    if not np.any(a) or not np.any(b):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
