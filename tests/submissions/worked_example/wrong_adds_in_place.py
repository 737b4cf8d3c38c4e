# mistake: adds the sums into the biases
# part: forward
# says: changed the caller

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params:
        sums = b
        sums += A @ h[-1]
        h.append(1 / (1 + np.exp(-sums)))
    return h[-1][0], h
