# mistake: compares the weights and forgets the biases
# part: find_bugs
# says: not just the weights

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
        weights, _ = net.unpack(backward(params, X, Y))
        expected, _ = net.unpack(measured)
        usable, _ = net.unpack(smooth.astype(float))
        for W, E, S in zip(weights, expected, usable, strict=True):
            if not (abs(W - E) <= np.maximum(1e-7, 1e-4 * abs(E)))[S == 1].all():
                wrong.add(name)
    return wrong
