# mistake: 0 / 0 at a dead unit counts as a difference
# part: find_bugs
# says: beware of 0 / 0

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
        g = backward(params, X, Y)
        relative = abs(g - measured) / (abs(g) + abs(measured))
        fine = (relative <= 1e-4) | ((abs(g - measured) <= 1e-7) & (relative > 0))
        if not fine[smooth].all():
            wrong.add(name)
    return wrong
