# mistake: linear hidden layers
# part: forward
# says: The hidden layers have sigmoids, too
# scores: 0

import numpy as np


def forward(params, x):
    (A1, b1), (A2, b2), (A3, b3) = params
    h1 = A1 @ np.array([x]) + b1
    h2 = A2 @ h1 + b2
    h3 = 1 / (1 + np.exp(-(A3 @ h2 + b3)))
    return h3[0], [np.array([x]), h1, h2, h3]
