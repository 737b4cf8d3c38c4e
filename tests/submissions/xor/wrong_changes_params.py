# mistake: turns the points it is given to another unit, in place
# part: forward
# says: forward changed its arguments

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.tanh(Z1)
    kept = np.array(X)
    X *= 1.0 + 1e-12
    Z2 = A1 @ params["W2"] + params["b2"]
    out = 1 / (1 + np.exp(-Z2))
    return out, {"X": kept, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out}
