# mistake: the mean size
# part: layer_gradient_norms
# says: take the root of the sum

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.abs(dW).mean() for dW in weights]
