# mistake: batches are columns
# part: minibatches
# says: a flat array of row numbers
# scores: 0


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)[:, None]
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
