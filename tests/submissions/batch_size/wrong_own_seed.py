# mistake: a generator of its own, the same at each call
# part: minibatches
# says: begins again at each call

import numpy as np


def minibatches(n, batch_size, rng):
    order = np.random.default_rng(42).permutation(n)
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
