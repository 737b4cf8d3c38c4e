# style: part 3 is built from the learner's own parts 1 and 2, one parameter at a time

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    theta = np.asarray(theta).astype("float64")

    def slope(i):
        step = np.zeros_like(theta)
        step[i] = eps
        return (f(theta + step) - f(theta - step)) / (2 * eps)

    grad = np.zeros_like(theta)
    for i in np.ndindex(*theta.shape):
        grad[i] = slope(i)
    return grad


def relative_error(a, b):
    top = np.linalg.norm(np.ravel(a - b))
    bottom = np.linalg.norm(np.ravel(a)) + np.linalg.norm(np.ravel(b))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(top / bottom, nan=0.0)


def find_bugs(backward_passes, net, params, X, Y, loss):
    def objective(p):
        return net.loss_and_grad(p, X, Y, loss)[0]

    measured = numerical_gradient(objective, params)
    h = 1e-5

    def at_kink(i):
        e = np.zeros_like(params)
        e[i] = h
        right = (objective(params + e) - objective(params)) / h
        left = (objective(params) - objective(params - e)) / h
        return abs(right - left) > 1e-3 and relative_error(np.array(right), np.array(left)) > 5e-3

    smooth = [i for i in range(len(params)) if not at_kink(i)]

    def is_wrong(grad):
        return any(
            np.isnan(grad[i])
            or (
                abs(grad[i] - measured[i]) > 1e-7
                and 2 * relative_error(grad[i], measured[i]) > 1e-4
            )
            for i in smooth
        )

    return {name for name, f in backward_passes.items() if is_wrong(np.array(f(params, X, Y)))}
