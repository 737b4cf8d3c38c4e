# mistake: returns the output alone
# part: forward
# says: forward returns a pair, (out, cache).

import numpy as np


def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.tanh(Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    out = 1 / (1 + np.exp(-Z2))
    return out
