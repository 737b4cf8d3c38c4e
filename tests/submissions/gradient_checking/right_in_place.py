# style: nudges the caller's own array and puts the old value back exactly; returns a frozenset

import numpy as np


def numerical_gradient(f, theta, eps=1e-5):
    work = theta if theta.dtype == float else theta.astype(float)
    grad = np.empty(work.shape)
    entries = np.nditer(work, flags=["multi_index", "zerosize_ok"])
    while not entries.finished:
        i = entries.multi_index
        old = work[i].copy() if isinstance(work[i], np.ndarray) else work[i]
        work[i] = old + eps
        up = f(work)
        work[i] = old - eps
        down = f(work)
        work[i] = old
        grad[i] = (up - down) / (2 * eps)
        entries.iternext()
    return grad


def relative_error(a, b):
    def norm(x):
        return np.sqrt(np.sum(np.asarray(x, float) ** 2))

    if norm(a) == norm(b) == 0:
        return np.float64(0)
    return norm(np.subtract(a, b)) / (norm(a) + norm(b))


def find_bugs(backward_passes, net, params, X, Y, loss):
    def cost(p):
        return loss(net.predict(p, X), Y)[0]

    p, eps = params.copy(), 1e-6
    f0 = cost(p)
    slopes, judged = [], []
    for i in range(p.size):
        old = p[i]
        p[i] = old + eps
        up = cost(p)
        p[i] = old - eps
        down = cost(p)
        p[i] = old
        slopes.append((up - down) / (2 * eps))
        jump = abs(up - 2 * f0 + down) / eps
        judged.append(jump < 2e-3 + 0.02 * abs(slopes[-1]))
    slopes, judged = np.array(slopes), np.array(judged)

    def fine(grad):
        grad = np.asarray(grad)[judged]
        return np.isclose(grad, slopes[judged], rtol=1e-4, atol=1e-7).all()

    return frozenset(name for name, f in backward_passes.items() if not fine(f(params, X, Y)))
