# style: recursion instead of a loop; the largest fall by sorting

import numpy as np


def lr_sweep(lr_min, lr_max, n_steps):
    return np.array([lr_min ** (1 - t) * lr_max**t for t in np.linspace(0, 1, n_steps)])


def run_sweep(objective, params, lrs, blow_up=4.0, lowest=np.inf):
    if len(lrs) == 0:
        return []
    loss, grad = objective(params)
    if not np.isfinite(loss) or loss > blow_up * lowest:
        return [loss]
    rest = run_sweep(objective, params - lrs[0] * grad, lrs[1:], blow_up, min(loss, lowest))
    return [loss, *rest]


def suggest_lr(lrs, losses):
    usable = losses[:-1] if not np.isfinite(losses[-1]) else losses
    falls = [(usable[k] - usable[k + 1], k) for k in range(len(usable) - 1)]
    return lrs[sorted(falls)[-1][1]]
