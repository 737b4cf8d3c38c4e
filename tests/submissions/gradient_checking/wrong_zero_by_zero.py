# mistake: 0 / 0 where both gradients are zero
# part: relative_error
# says: 0 / 0

import numpy as np


def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
