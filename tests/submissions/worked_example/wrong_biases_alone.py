# mistake: returns the slopes of the biases
# part: backward
# says: The shape should be
# scores: 0


def backward(params, cache, y):
    grads, dh = [], 2 * (cache[-1] - y)
    for k in (2, 1, 0):
        db = dh * cache[k + 1] * (1 - cache[k + 1])
        grads.insert(0, (db, db))
        dh = params[k][0].T @ db
    return grads
