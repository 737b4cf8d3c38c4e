# mistake: the norms of the weights, not of their gradient
# part: layer_gradient_norms
# says: those of their gradient

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(W) for W in net.unpack(params)[0]]
