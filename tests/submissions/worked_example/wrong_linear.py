# mistake: no sigmoid at all
# part: forward
# says: There is no sigmoid
# scores: 0

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params:
        h.append(A @ h[-1] + b)
    return h[-1][0], h
