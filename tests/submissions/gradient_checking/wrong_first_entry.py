# mistake: compares the first entry only
# part: find_bugs
# says: compare every parameter

import numpy as np


def find_bugs(backward_passes, net, params, X, Y, loss):
    def value(p):
        return net.loss_and_grad(p, X, Y, loss)[0]

    eps = 1e-5
    steps = eps * np.eye(len(params))
    right = np.array([value(params + step) - value(params) for step in steps]) / eps
    left = np.array([value(params) - value(params - step) for step in steps]) / eps
    measured = (right + left) / 2
    smooth = abs(right - left) <= np.maximum(1e-3, 1e-2 * abs(measured))
    wrong = set()
    for name, backward in backward_passes.items():
        g, m = backward(params, X, Y)[0], measured[0]
        if smooth[0] and not abs(g - m) <= max(1e-7, 1e-4 * max(abs(g), abs(m))):
            wrong.add(name)
    return wrong
