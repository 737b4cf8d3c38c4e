# style: asks parameter_name where each entry belongs; NumPy strings

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    _, grad = net.loss_and_grad(params, X, Y, loss)
    squares = {}
    for i, slope in enumerate(grad.tolist()):
        layer, entry = net.parameter_name(i).split(", ", 1)
        if entry.startswith("W"):
            squares[layer] = squares.get(layer, 0.0) + slope * slope
    return tuple(s**0.5 for s in squares.values())


def choose_scheme(activation):
    xavier = activation in {"tanh", "sigmoid", "linear", "softmax"}
    return np.array(["he", "xavier"])[int(xavier)]
