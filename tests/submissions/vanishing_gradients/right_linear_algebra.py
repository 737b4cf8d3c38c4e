# style: trace of dW dW^T; match

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _value, grad = net.loss_and_grad(params, X, Y, loss)
    singular = [np.linalg.svd(dW, compute_uv=False) for dW in net.unpack(grad)[0]]
    return np.array([[np.sqrt(s @ s)] for s in singular])[:, 0]


def choose_scheme(activation):
    match activation:
        case "relu" | "leaky_relu" | "elu" | "silu" | "gelu" | "softplus":
            return "he"
        case _:
            return "xavier"
