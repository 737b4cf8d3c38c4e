# mistake: takes the loss by name only
# part: layer_gradient_norms
# says: stopped with

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    value = {"mse": "mse", "rss": "rss", "half_rss": "half_rss"}
    value |= {"binary_cross_entropy": "binary_cross_entropy", "cross_entropy": "cross_entropy"}
    _, grad = net.loss_and_grad(params, X, Y, value[loss])
    return [np.linalg.norm(dW) for dW in net.unpack(grad)[0]]
