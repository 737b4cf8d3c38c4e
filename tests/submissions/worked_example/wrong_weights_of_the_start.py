# mistake: goes back through START
# part: backward
# says: taken from params and cache
# scores: 3

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, before = cache[k + 1], cache[k]
        A = START[k][0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ db
    return grads
