# mistake: leaves the last loss out always
# part: suggest_lr
# says: so it counts

import numpy as np


def suggest_lr(lrs, losses):
    l = np.asarray(losses, float)[:-1]
    return lrs[np.argmin(np.diff(l))]
