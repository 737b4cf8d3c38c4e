# mistake: leaves the biases out
# part: forward
# says: The biases are missing
# scores: 0

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, _ in params:
        h.append(1 / (1 + np.exp(-(A @ h[-1]))))
    return h[-1][0], h
