# mistake: takes two layers
# part: layer_gradient_norms
# says: The shape should be

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(weights[0]), np.linalg.norm(weights[-1])]
