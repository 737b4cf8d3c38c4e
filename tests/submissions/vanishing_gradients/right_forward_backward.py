# style: forward, loss, backward with a loss looked up by name

import numpy as np

import course_lib


def layer_gradient_norms(net, params, X, Y, loss):
    loss = getattr(course_lib, loss) if isinstance(loss, str) else loss
    out, caches = net.forward(params, X)
    _, slope = loss(out, Y)
    weights, _biases = net.unpack(net.backward(params, caches, slope))
    return np.array([np.sqrt(np.einsum("ij,ij->", dW, dW)) for dW in weights])


def choose_scheme(activation):
    return "he" if activation.endswith(("lu", "plus")) else "xavier"
