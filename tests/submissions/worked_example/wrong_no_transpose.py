# mistake: A @ db in place of A.T @ db
# part: backward
# says: A has 2 columns and B has 1 rows

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for l in (2, 1, 0):
        A, b = params[l]
        h = cache[l + 1]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, cache[l]), db))
        dh = A @ db
    return grads
