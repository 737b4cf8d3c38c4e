# mistake: works for four points only
# part: forward
# says: forward stopped with ValueError

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.tanh(Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    out = (1 / (1 + np.exp(-Z2))).reshape(4, 1)
    return out, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out}
