# mistake: masks in place of row numbers
# part: minibatches
# says: not of whole numbers
# scores: 0

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for first in range(0, n, batch_size):
        yield np.isin(np.arange(n), order[first : first + batch_size])
