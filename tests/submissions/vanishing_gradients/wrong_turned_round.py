# mistake: the output side first
# part: layer_gradient_norms
# says: order is turned round

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(dW) for dW in weights[::-1]]
