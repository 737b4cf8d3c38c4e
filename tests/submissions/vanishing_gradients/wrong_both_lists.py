# mistake: a number for each W and each b
# part: layer_gradient_norms
# says: shape should be (2,)

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(part) for pair in zip(weights, biases) for part in pair]
