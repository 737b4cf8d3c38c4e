# mistake: forgets the biases when it cuts
# part: layer_gradient_norms
# says: layer_gradient_norms of

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    norms, start = [], 0
    for n_in, n_out in zip(net.sizes, net.sizes[1:]):
        norms.append(np.linalg.norm(grad[start : start + n_in * n_out]))
        start += n_in * n_out
    return norms
