# mistake: no biases
# part: forward
# says: The biases b1 and b2 are missing.

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"]
    A1 = np.tanh(Z1)
    Z2 = A1 @ params["W2"]
    out = 1 / (1 + np.exp(-Z2))
    return out, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out}
