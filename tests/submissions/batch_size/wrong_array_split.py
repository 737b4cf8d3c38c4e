# mistake: array_split into as many batches as are full
# part: minibatches
# says: what is left over is one batch more

import numpy as np


def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), n // batch_size)
