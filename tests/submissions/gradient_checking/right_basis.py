# style: one basis array per parameter, no index; nested lists and a plain list come back

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.array(theta) * 1.0
    basis = np.eye(theta.size).reshape(theta.size, *theta.shape)
    slopes = [(f(theta + eps * e) - f(theta - eps * e)) / (2 * eps) for e in basis]
    return np.reshape(slopes, theta.shape).tolist()


def relative_error(a, b):
    a, b = np.ravel(a), np.ravel(b)
    size = (a @ a) ** 0.5 + (b @ b) ** 0.5
    return ((a - b) @ (a - b)) ** 0.5 / size if size else 0


def find_bugs(backward_passes, net, params, X, Y, loss):
    def value(p):
        return net.loss_and_grad(p, X, Y, loss)[0]

    def one_sided(sign):
        return np.array([sign * (value(params + sign * e) - value(params)) / 1e-5 for e in steps])

    steps = 1e-5 * np.eye(params.size)
    right, left = one_sided(1), one_sided(-1)
    kink = np.abs(right - left) > 1e-3 + 1e-2 * np.abs(right + left)
    measured = np.array(numerical_gradient(value, params))
    wrong = []
    for name in sorted(backward_passes):
        gap = np.abs(backward_passes[name](params, X, Y) - measured)
        allowed = np.maximum(1e-7, 1e-4 * np.abs(measured))
        if np.any(~(gap <= allowed) & ~kink):
            wrong.append(name)
    return wrong
