# mistake: the fall relative to the loss
# part: suggest_lr
# says: not the fall relative

import numpy as np


def suggest_lr(lrs, losses):
    if not np.isfinite(losses[-1]):
        losses = losses[:-1]
    return lrs[np.argmin(np.diff(np.log(losses)))]
