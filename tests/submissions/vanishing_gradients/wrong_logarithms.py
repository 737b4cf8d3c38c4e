# mistake: the logarithms
# part: layer_gradient_norms
# says: expected

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.log10(np.linalg.norm(dW)) for dW in weights]
