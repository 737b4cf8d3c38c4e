# mistake: stops before it writes the blow-up down
# part: run_sweep
# says: The loss that blew up is missing

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        if not np.isfinite(loss) or loss > blow_up * min([*losses, loss]):
            break
        losses.append(loss)
        params = params - lr * grad
    return losses
