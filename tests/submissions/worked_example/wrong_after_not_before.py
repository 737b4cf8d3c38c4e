# mistake: the outputs after the layer in place of those before
# part: backward
# says: the layer before
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        h, A = cache[k + 1], params[k][0]
        db = dh * h * (1 - h)
        grads.insert(0, (np.outer(db, h), db))
        dh = A.T @ db
    return grads
