# mistake: central differences, which drown in rounding
# part: layer_gradient_norms
# says: Tiny gradients count

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    params = np.asarray(params)
    slopes = np.zeros(net.n_params)
    for i in range(net.n_params):
        nudge = np.zeros(net.n_params)
        nudge[i] = 1e-6
        above = net.loss_and_grad(params + nudge, X, Y, loss)[0]
        slopes[i] = (above - net.loss_and_grad(params - nudge, X, Y, loss)[0]) / 2e-6
    return [np.linalg.norm(dW) for dW in net.unpack(slopes)[0]]
