# mistake: draws each batch with replacement
# part: minibatches
# says: every row belongs to exactly one batch


def minibatches(n, batch_size, rng):
    for first in range(0, n, batch_size):
        yield rng.integers(0, n, min(batch_size, n - first))
