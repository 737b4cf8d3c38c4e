# mistake: relative to the last layer
# part: layer_gradient_norms
# says: not their ratio

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    norms = np.array([np.linalg.norm(dW) for dW in weights])
    return norms / norms[-1]
