# style: exponents, a copy that is changed in place, the rate after the fall

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.logspace(np.log10(lr_min), np.log10(lr_max), num=n_steps)


def run_sweep(objective, params, lrs, blow_up=4.0):
    params, losses, best = params.copy(), np.array([]), None
    for lr in lrs:
        loss, grad = objective(params)
        losses = np.append(losses, loss)
        best = loss if best is None else min(best, loss)
        if np.isnan(loss) or np.isinf(loss) or loss / best > blow_up:
            return losses
        params -= lr * grad
    return losses


def suggest_lr(lrs, losses):
    return lrs[1 + np.nanargmin(np.diff(losses))]
