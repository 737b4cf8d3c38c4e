# mistake: only begins elsewhere
# part: minibatches
# says: and not only where to begin

import numpy as np


def minibatches(n, batch_size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    for first in range(0, n, batch_size):
        yield order[first : first + batch_size]
