# mistake: a last NaN becomes 0, and a fall
# part: suggest_lr
# says: counts as a fall to 0

import numpy as np


def suggest_lr(lrs, losses):
    l = np.nan_to_num(np.asarray(losses, float), nan=0, posinf=0)
    return lrs[np.argmin(np.diff(l))]
