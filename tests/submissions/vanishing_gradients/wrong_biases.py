# mistake: the norms of the biases
# part: layer_gradient_norms
# says: gradients

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(b) for b in biases]
