# mistake: shares the rows evenly
# part: minibatches
# says: these share them evenly

import numpy as np


def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), -(-n // batch_size))
