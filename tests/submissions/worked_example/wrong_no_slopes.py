# mistake: no slope of the sigmoid anywhere
# part: backward
# says: The sigmoid of the last layer has a slope, too
# scores: 0

import numpy as np


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        before, A = cache[k], params[k][0]
        db = dh
        grads.insert(0, (np.outer(db, before), db))
        dh = A.T @ db
    return grads
