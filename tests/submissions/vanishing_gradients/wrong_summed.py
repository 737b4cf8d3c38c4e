# mistake: undoes the mean
# part: layer_gradient_norms
# says: 7 times too much

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(dW) * len(X) for dW in weights]
