# mistake: multiplies from the wrong side
# part: forward
# says: forward stopped with ValueError
# scores: 0

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in params:
        h.append(1 / (1 + np.exp(-(h[-1] @ A + b))))
    return h[-1][0], h
