# style: works on the flat view of a copy; 0-d arrays for numbers, dictionary keys for names

import math

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    shape = np.shape(theta)
    flat = [float(value) for value in np.ravel(theta)]
    slopes = []
    for i in range(len(flat)):
        up = flat[:i] + [flat[i] + eps] + flat[i + 1 :]
        down = flat[:i] + [flat[i] - eps] + flat[i + 1 :]
        f_up = float(f(np.array(up).reshape(shape)))
        f_down = float(f(np.array(down).reshape(shape)))
        slopes.append((f_up - f_down) / (2 * eps))
    return np.array(slopes).reshape(shape)


def relative_error(a, b):
    def length(values):
        return math.sqrt(math.fsum(float(v) ** 2 for v in np.ravel(values)))

    both = length(a) + length(b)
    return np.array(0.0) if both == 0.0 else np.array(length(a - b) / both)


def find_bugs(backward_passes, net, params, X, Y, loss):
    eps, found = 1e-5, {}
    gradients = {name: list(f(params, X, Y)) for name, f in backward_passes.items()}

    def nudged(i, step):
        p = params.copy()
        p[i] += step
        return float(net.loss_and_grad(p, X, Y, loss)[0])

    for i in range(net.n_params):
        low, here, high = nudged(i, -eps), nudged(i, 0.0), nudged(i, eps)
        if not math.isclose((high - here) / eps, (here - low) / eps, rel_tol=0.05, abs_tol=2e-3):
            continue
        slope = (high - low) / (2 * eps)
        for name, gradient in gradients.items():
            g = float(gradient[i])
            if math.isnan(g) or not math.isclose(g, slope, rel_tol=1e-4, abs_tol=1e-7):
                found[name] = i
    return found.keys()
