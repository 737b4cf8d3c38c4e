# mistake: a linear last layer
# part: forward
# says: it has a sigmoid, too
# scores: 0

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params[:-1]:
        h.append(1 / (1 + np.exp(-(A @ h[-1] + b))))
    A, b = params[-1]
    h.append(A @ h[-1] + b)
    return h[-1][0], h
