# mistake: cuts, then shuffles the batches
# part: minibatches
# says: Shuffle the rows, then cut

import numpy as np


def minibatches(n, batch_size, rng):
    batches = [np.arange(k, min(k + batch_size, n)) for k in range(0, n, batch_size)]
    full = [b for b in batches if len(b) == batch_size]
    rest = [b for b in batches if len(b) < batch_size]
    for k in rng.permutation(len(full)):
        yield rng.permutation(full[k])
    yield from rest
