# mistake: the sum of sizes
# part: layer_gradient_norms
# says: sums of sizes

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.abs(dW).sum() for dW in weights]
