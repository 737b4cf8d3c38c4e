# mistake: the steepest rise
# part: suggest_lr
# says: a fall is a negative slope

import numpy as np


def suggest_lr(lrs, losses):
    return lrs[1 + np.argmax(np.diff(losses))]
