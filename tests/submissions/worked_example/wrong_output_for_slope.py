# mistake: the output in place of the slope of the sigmoid
# part: backward
# says: not h

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        db = dh * cache[k + 1]
        grads.insert(0, (np.outer(db, cache[k]), db))
        dh = params[k][0].T @ db
    return grads
