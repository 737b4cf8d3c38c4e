# mistake: divides by the number of samples once more
# part: layer_gradient_norms
# says: do not divide by n once more

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    weights, biases = net.unpack(grad)
    return [np.linalg.norm(dW) / len(X) for dW in weights]
