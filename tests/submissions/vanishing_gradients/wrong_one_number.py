# mistake: one norm for all layers
# part: layer_gradient_norms
# says: one norm for all layers

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return np.sqrt(sum(np.sum(dW**2) for dW in weights))
