# mistake: keeps x as it comes, so that whole numbers are cut
# part: forward
# says: a whole number
# scores: 2

import numpy as np


def forward(params, x):
    h = [np.array([x])]
    for A, b in params:
        after = np.zeros(len(b), dtype=h[0].dtype)
        after[:] = 1 / (1 + np.exp(-(A @ h[-1] + b)))
        h.append(after)
    return h[-1][0], h
