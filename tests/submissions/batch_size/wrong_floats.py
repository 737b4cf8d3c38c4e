# mistake: row numbers with a point
# part: minibatches
# says: not of whole numbers
# scores: 0

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(np.linspace(0, n - 1, n))
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
