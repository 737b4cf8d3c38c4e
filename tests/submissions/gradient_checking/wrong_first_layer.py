# mistake: compares the first layer only
# part: find_bugs
# says: check all layers

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
    n = (net.sizes[0] + 1) * net.sizes[1]
    wrong = set()
    for name, backward in backward_passes.items():
        g = backward(params, X, Y)
        close = abs(g - measured) <= np.maximum(1e-7, 1e-4 * abs(measured))
        if not close[:n][smooth[:n]].all():
            wrong.add(name)
    return wrong
