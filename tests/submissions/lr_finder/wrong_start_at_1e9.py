# mistake: the lowest loss so far begins at 1e9
# part: run_sweep
# says: however large it is

import numpy as np


def run_sweep(objective, params, lrs, blow_up=4.0):
    w, L, low = params.copy(), [], 1e9
    for lr in lrs:
        l, g = objective(w)
        L.append(l)
        if not np.isfinite(l) or l > blow_up * low:
            break
        low = min(low, l)
        w = w - lr * g
    return L
