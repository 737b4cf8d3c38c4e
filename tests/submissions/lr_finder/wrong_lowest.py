# mistake: the rate of the lowest loss
# part: suggest_lr
# says: look for the steepest fall
# scores: 0

import numpy as np


def suggest_lr(lrs, losses):
    return lrs[np.nanargmin(losses)]
