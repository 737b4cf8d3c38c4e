# mistake: draws from np.random
# part: minibatches
# says: draw the order from rng

import numpy as np


def minibatches(n, batch_size, rng):
    order = np.random.permutation(n)  # noqa: NPY002
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
