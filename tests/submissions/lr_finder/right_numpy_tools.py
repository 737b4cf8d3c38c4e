# style: geomspace, a list of losses, gradient over log10

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.geomspace(lr_min, lr_max, n_steps)


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        losses.append(loss)
        if not np.isfinite(loss) or loss > blow_up * min(losses):
            break
        params = params - lr * grad
    return losses


def suggest_lr(lrs, losses):
    good = np.isfinite(losses)
    x, y = np.log10(lrs[: len(losses)][good]), losses[good]
    return lrs[np.gradient(y, x).argmin()]
