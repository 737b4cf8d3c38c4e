# mistake: per unit of rate, not per decade
# part: suggest_lr
# says: per unit of rate

import numpy as np


def suggest_lr(lrs, losses):
    n = len(losses)
    return lrs[np.argmin(np.diff(losses) / np.diff(lrs[:n]))]
