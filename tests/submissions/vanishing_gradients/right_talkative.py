# style: prints and warns; plain loops; measures what is left of a signal

import math
import warnings

import numpy as np


def layer_gradient_norms(net, params, X, Y, loss):
    warnings.warn("measuring", stacklevel=2)
    objective = net.objective(X, Y, loss)
    loss_value, grad = objective(params)
    print("loss", loss_value)
    norms = []
    for dW in net.unpack(grad)[0]:
        total = 0.0
        for row in dW:
            for entry in row:
                total += float(entry) ** 2
        norms.append(math.sqrt(total))
        print(len(norms), norms[-1])
    return norms


def choose_scheme(activation):
    z = np.linspace(-3, 3, 7)
    values = {
        "relu": np.maximum(z, 0),
        "leaky_relu": np.where(z > 0, z, 0.01 * z),
        "elu": np.where(z > 0, z, np.expm1(z)),
        "softplus": np.log1p(np.exp(z)),
        "silu": z / (1 + np.exp(-z)),
        "gelu": z / (1 + np.exp(-1.702 * z)),
        "tanh": np.tanh(z),
        "sigmoid": 1 / (1 + np.exp(-z)),
        "linear": z,
        "softmax": np.exp(z) / np.exp(z).sum(),
    }[activation]
    unbounded, lopsided = values[-1] > 2, values[0] > -1.5
    return "he" if unbounded and lopsided else "xavier"
