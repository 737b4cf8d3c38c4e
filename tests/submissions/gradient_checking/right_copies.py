# style: a copy for every nudge, an explicit loop over parameters, a set

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta, dtype=float)
    grad = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        plus = theta.copy()
        plus[index] += eps
        minus = theta.copy()
        minus[index] -= eps
        grad[index] = (f(plus) - f(minus)) / (2 * eps)
    return grad


def relative_error(a, b):
    denominator = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / denominator if denominator > 0 else 0


def find_bugs(backward_passes, net, params, X, Y, loss):
    eps = 1e-5
    bugs = set()
    base = net.loss_and_grad(params, X, Y, loss)[0]
    for name, backward in backward_passes.items():
        grad = backward(params, X, Y)
        for i in range(len(params)):
            nudge = np.zeros(len(params))
            nudge[i] = eps
            up = net.loss_and_grad(params + nudge, X, Y, loss)[0]
            down = net.loss_and_grad(params - nudge, X, Y, loss)[0]
            right, left = (up - base) / eps, (base - down) / eps
            if abs(right - left) > max(1e-3, 0.01 * max(abs(right), abs(left))):
                continue
            measured = (up - down) / (2 * eps)
            difference = abs(grad[i] - measured)
            relative = difference / max(abs(grad[i]), abs(measured), 1e-300)
            if np.isnan(grad[i]) or (difference > 1e-7 and relative > 1e-4):
                bugs.add(name)
    return bugs
