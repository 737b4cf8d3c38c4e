# mistake: A in place of its transpose
# part: backward
# says: backward stopped with ValueError
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, before, A = cache[k + 1], cache[k], params[k][0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, before), db))
        dh = A @ db
    return grads
