# style: steps in place and puts the caller's params back; asks twice; 0-d arrays

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.exp(np.linspace(np.log(lr_min), np.log(lr_max), n_steps))


def run_sweep(objective, params, lrs, blow_up=4.0):
    before, losses = params.copy(), []
    try:
        for lr in lrs:
            losses.append(np.array(objective(params)[0]))
            if not np.isfinite(losses[-1]) or losses[-1] > blow_up * np.min(losses):
                break
            params -= lr * objective(params)[1]
    finally:
        params[...] = before
    return losses


def suggest_lr(lrs, losses):
    slopes = np.gradient(losses, np.log10(lrs[: len(losses)]))
    slopes[~np.isfinite(slopes)] = 0
    return np.array(lrs[np.argmin(slopes)])
