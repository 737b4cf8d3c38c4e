# mistake: draws each batch from all rows
# part: minibatches
# says: Shuffle once, cut


def minibatches(n, batch_size, rng):
    for first in range(0, n, batch_size):
        yield rng.choice(n, size=min(batch_size, n - first), replace=False)
