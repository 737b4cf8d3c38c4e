# mistake: the gradient of the first sample only
# part: layer_gradient_norms
# says: layer_gradient_norms of

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X[:1], Y[:1], loss)
    return [np.linalg.norm(dW) for dW in net.unpack(grad)[0]]
