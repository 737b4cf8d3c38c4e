# mistake: multiplies by the sums that arrive
# part: backward
# says: not the sums
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, A = cache[k + 1], params[k][0]
        before = np.log(cache[k] / (1 - cache[k])) if k else cache[0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ db
    return grads
