# mistake: the largest entry
# part: layer_gradient_norms
# says: largest entries

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.abs(dW).max() for dW in weights]
