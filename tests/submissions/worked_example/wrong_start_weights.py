# mistake: takes START in place of params
# part: forward
# says: from the first to the last
# scores: 2

import numpy as np


def forward(params, x):
    h = [np.array([float(x)])]
    for A, b in START:
        h.append(1 / (1 + np.exp(-(A @ h[-1] + b))))
    return h[-1][0], h
