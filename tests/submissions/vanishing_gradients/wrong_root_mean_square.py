# mistake: the root of the mean square
# part: layer_gradient_norms
# says: Root mean squares

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.sqrt(np.mean(dW**2)) for dW in weights]
