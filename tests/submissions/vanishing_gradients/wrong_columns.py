# mistake: the largest column sum
# part: layer_gradient_norms
# says: largest column sum

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(dW, 1) for dW in weights]
