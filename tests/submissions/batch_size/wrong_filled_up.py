# mistake: fills the last batch up from the beginning
# part: minibatches
# says: it has only what is left over

import numpy as np


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    order = np.concatenate([order, order[: -n % batch_size]])
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
