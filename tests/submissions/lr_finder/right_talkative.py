# style: prints, warns, makes warnings errors; helpers; natural logarithms

import sys
import warnings

import numpy as np

warnings.simplefilter("error")


def lr_sweep(lr_min, lr_max, n_steps):
    print("sweeping", n_steps, "rates")
    return lr_min * np.power(lr_max / lr_min, np.linspace(0, 1, n_steps))


def _blown(losses, blow_up):
    print(losses[-1], file=sys.stderr)
    return not (losses[-1] < np.inf and losses[-1] <= blow_up * min(losses))


def run_sweep(objective, params, lrs, blow_up=4.0):
    warnings.warn("this may explode", UserWarning, stacklevel=2)
    losses, k = [], 0
    while k < len(lrs) and not (losses and _blown(losses, blow_up)):
        loss, grad = objective(params)
        losses, params, k = [*losses, loss], params - lrs[k] * grad, k + 1
    return np.asarray(losses)


def suggest_lr(lrs, losses):
    n = len(losses) - (not losses[-1] < 2 * np.min(losses[:-1]))
    return lrs[np.argmin(np.diff(losses[:n]) / np.diff(np.log(lrs[:n])))]
