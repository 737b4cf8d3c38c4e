# mistake: steps while it goes back
# part: backward
# says: changed the caller

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        A, b = params[k]
        db = dh * cache[k + 1] * (1 - cache[k + 1])
        dh = A.T @ db
        grads.insert(0, (np.outer(db, cache[k]), db))
        b -= 1e-9 * db
    return grads
