# mistake: returns the place
# part: suggest_lr
# says: return the rate itself

import numpy as np


def suggest_lr(lrs, losses):
    return np.nanargmin(np.diff(losses))
