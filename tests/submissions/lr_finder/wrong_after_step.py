# mistake: the loss after the step
# part: run_sweep
# says: measure before you step

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        params = params - lr * objective(params, i)[1]
        loss = objective(params, i)[0]
        losses.append(loss)
        if not np.isfinite(loss) or loss > blow_up * min(losses):
            break
    return losses
