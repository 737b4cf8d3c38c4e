# mistake: shuffles within each batch only
# part: minibatches
# says: only within their batch

import numpy as np


def minibatches(n, batch_size, rng):
    for first in range(0, n, batch_size):
        rows = np.arange(first, min(first + batch_size, n))
        rng.shuffle(rows)
        yield rows
