# mistake: takes the NaN at the end for a fall
# part: suggest_lr
# says: NaN spreads

import numpy as np


def suggest_lr(lrs, losses):
    return lrs[np.argmin(np.diff(losses))]
