# mistake: takes batch_size for the number of batches
# part: minibatches
# says: not how many batches


def minibatches(n, batch_size, rng):
    order, size = rng.permutation(n), max(1, n // batch_size)
    for k in range(batch_size):
        yield order[k * size : (k + 1) * size]
