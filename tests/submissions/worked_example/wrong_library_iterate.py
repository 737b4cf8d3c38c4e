# mistake: calls the library
# part: iterate
# says: the library's own version
# scores: 0

import numpy as np

from course_lib import SGD, minimize, mlp


def iterate(params, data, alpha, n_iterations):
    net = mlp([1, 4, 2, 1], ["sigmoid"] * 3)
    flat = net.pack([A.T for A, _ in params], [b for _, b in params])
    X, Y = np.array(data)[:, :1], np.array(data)[:, 1:]
    history = minimize(net.objective(X, Y, "rss"), flat, SGD(alpha), max(1, n_iterations))
    weights, biases = net.unpack(history.params[min(-1, -1)])
    return [(W.T, b) for W, b in zip(weights, biases)]
