# mistake: no factor 2
# part: backward
# says: The factor 2 is missing
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], cache[-1] - y
    for k in (2, 1, 0):
        h, before, A = cache[k + 1], cache[k], params[k][0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ db
    return grads
