# mistake: changes the caller's params
# part: run_sweep
# says: changed the caller's params

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        losses.append(loss)
        if not np.isfinite(loss) or loss > blow_up * min(losses):
            break
        params -= lr * grad
    return losses
