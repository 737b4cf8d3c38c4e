# mistake: rounds
# part: layer_gradient_norms
# says: Tiny gradients count

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [round(float(np.linalg.norm(dW)), 8) for dW in weights]
