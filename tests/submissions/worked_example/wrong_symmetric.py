# mistake: takes one unit of layer 2 for both
# part: backward
# says: taken from params and cache
# scores: 3

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, before, A = cache[k + 1], cache[k], params[k][0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ np.full_like(db, db[0])
    return grads
