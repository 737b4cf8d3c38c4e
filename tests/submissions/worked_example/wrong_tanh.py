# mistake: tanh in place of the sigmoid
# part: forward
# says: These are tanh units
# scores: 0

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params:
        h.append(np.tanh(A @ h[-1] + b))
    return h[-1][0], h
