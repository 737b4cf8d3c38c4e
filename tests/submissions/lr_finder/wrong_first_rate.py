# mistake: the first rate at every step
# part: run_sweep
# says: One rate for each step

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i in range(len(lrs)):
        loss, grad = objective(params, i)
        losses.append(loss)
        if not np.isfinite(loss) or loss > blow_up * min(losses):
            break
        params = params - lrs[0] * grad
    return losses
