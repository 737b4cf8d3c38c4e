# mistake: counts rows from 1
# part: minibatches
# says: Rows are counted from 0


def minibatches(n, batch_size, rng):
    order = 1 + rng.permutation(n)
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
