# mistake: compares with the first loss
# part: run_sweep
# says: Compare each loss with the lowest so far

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        losses.append(loss)
        if not np.isfinite(loss) or loss > blow_up * losses[0]:
            break
        params = params - lr * grad
    return losses
