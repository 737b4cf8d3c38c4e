# mistake: always takes the mean squared error
# part: layer_gradient_norms
# says: Does it use the loss it is given?

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, "mse")
    return [np.linalg.norm(dW) for dW in net.unpack(grad)[0]]
