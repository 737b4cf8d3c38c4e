# style: cuts the flat gradient by sizes; if and elif

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    grad = net.loss_and_grad(params, X, Y, loss)[1]
    norms = np.zeros(len(net.sizes) - 1)
    start = 0
    for k in range(len(norms)):
        n_in, n_out = net.sizes[k], net.sizes[k + 1]
        dW = grad[start : start + n_in * n_out].reshape(n_in, n_out)
        norms[k] = np.linalg.norm(dW, "fro")
        start += (n_in + 1) * n_out
    return norms


def choose_scheme(activation):
    if activation == "tanh" or activation == "sigmoid":
        return "xavier"
    elif activation in ["linear", "softmax"]:
        return "xavier"
    return "he"
