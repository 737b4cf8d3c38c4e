# style: prints, warns, makes warnings errors, divides by zero on the way; numpy strings, booleans

import sys
import warnings

import numpy as np

warnings.simplefilter("error")


def numerical_gradient(f, theta, eps=1e-5):
    warnings.warn("this is slow", UserWarning, stacklevel=2)
    theta = np.array(theta, float)
    print("nudging", theta.size, "entries", file=sys.stderr)
    grad = np.full(theta.shape, np.nan)
    for i, value in np.ndenumerate(theta):
        for sign in (1, -1):
            theta[i] = value + sign * eps
            grad[i] = f(theta) if sign == 1 else (grad[i] - f(theta)) / (2 * eps)
        theta[i] = value
    return grad


def relative_error(a, b):
    error = np.float64(np.linalg.norm(a - b)) / (np.linalg.norm(a) + np.linalg.norm(b))
    print("relative error", error)
    return error if np.isfinite(error) else np.int64(0)


def find_bugs(backward_passes, net, params, X, Y, loss):
    names = np.array(list(backward_passes))
    eye = np.eye(len(params)) * 1e-5
    base = net.loss_and_grad(params, X, Y, loss)[0]
    # All nudged networks at once: the library takes a stack of params.
    up = net.loss_and_grad(params + eye, X, Y, loss)[0]
    down = net.loss_and_grad(params - eye, X, Y, loss)[0]
    right, left = (up - base) / 1e-5, (base - down) / 1e-5
    slope = (up - down) / 2e-5
    kink = (abs(right - left) > 1e-3) & (abs(right - left) > 1e-2 * abs(slope))
    wrong = []
    for name in names:
        grad = backward_passes[name](params, X, Y)
        relative = abs(grad - slope) / np.maximum(abs(grad), abs(slope))
        bad = np.isnan(grad) | ((relative > 1e-4) & (abs(grad - slope) > 1e-7))
        print(name, "largest relative error", np.nanmax(relative), file=sys.stderr)
        wrong.append(np.any(bad & ~kink))
    return set(names[wrong])
