# mistake: outputs cut to between 0.001 and 0.999
# part: forward
# says: one row for each row of X

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.tanh(Z1)
    z = A1 @ params["W2"] + params["b2"]
    out = np.clip(1 / (1 + np.exp(-z)), 1e-3, 1 - 1e-3)
    return out, {"X": X, "Z1": Z1, "A1": A1, "Z2": z, "out": out}
