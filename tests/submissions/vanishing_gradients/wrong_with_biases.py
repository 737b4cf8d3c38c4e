# mistake: the norm of weights and biases together
# part: layer_gradient_norms
# says: Biases do not count

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.hypot(np.linalg.norm(W), np.linalg.norm(b)) for W, b in zip(weights, biases)]
