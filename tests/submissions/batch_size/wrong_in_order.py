# mistake: no shuffling
# part: minibatches
# says: the order is not shuffled

import numpy as np


def minibatches(n, batch_size, rng):
    return [np.arange(n)[k : k + batch_size] for k in range(0, n, batch_size)]
