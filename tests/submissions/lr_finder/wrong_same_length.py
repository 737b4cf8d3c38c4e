# mistake: needs as many losses as rates
# part: suggest_lr
# says: suggest_lr stopped with ValueError

import numpy as np


def suggest_lr(lrs, losses):
    losses = np.nan_to_num(losses, nan=1e9)
    return lrs[np.argmin(np.gradient(losses, np.log10(lrs)))]
