# mistake: the largest singular value
# part: layer_gradient_norms
# says: largest singular value

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(dW, 2) for dW in weights]
