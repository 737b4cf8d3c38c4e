# mistake: returns f without a cache
# part: forward
# says: returns a pair

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params:
        h.append(1 / (1 + np.exp(-(A @ h[-1] + b))))
    return h[-1][0]
