# mistake: appends to one list for ever
# part: backward
# says: how many pairs

import numpy as np

KEPT = []


def backward(params, cache, y):
    dh = 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        db = dh * cache[k + 1] * (1 - cache[k + 1])
        KEPT.insert(0, (np.outer(db, cache[k]), db))
        dh = params[k][0].T @ db
    return KEPT
