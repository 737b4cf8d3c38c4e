# mistake: takes the slope of the sigmoid at h
# part: backward
# says: is taken of the sum
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, before, A = cache[k + 1], cache[k], params[k][0]
        db = dh * (1 / (1 + np.exp(-h))) * (1 - 1 / (1 + np.exp(-h)))
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ db
    return grads
