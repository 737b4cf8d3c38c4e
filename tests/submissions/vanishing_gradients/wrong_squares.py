# mistake: the squares of the norms
# part: layer_gradient_norms
# says: take the root

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.sum(dW**2) for dW in weights]
