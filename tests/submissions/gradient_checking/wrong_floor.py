# mistake: a small constant below keeps 0 / 0 away, and spoils small gradients
# part: relative_error
# says: is something added below

import numpy as np


def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8)
