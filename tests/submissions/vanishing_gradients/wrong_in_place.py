# mistake: moves params downhill on the way
# part: layer_gradient_norms
# says: changed the caller

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    norms = [np.linalg.norm(dW) for dW in weights]
    params -= 0.1 * grad
    return norms
