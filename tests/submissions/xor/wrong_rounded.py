# mistake: answers in place of probabilities
# part: forward
# says: out for the four points

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.tanh(Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    out = np.round(1 / (1 + np.exp(-Z2)))
    return out, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "out": out}
