# mistake: pairs of (db, dA)
# part: backward
# says: the matrix first

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for l in (2, 1, 0):
        A, b = params[l]
        h = cache[l + 1]
        db = dh * h * (1 - h)
        grads.insert(0, (db, np.outer(db, cache[l])))
        dh = A.T @ db
    return grads
