# mistake: a kink where the one-sided differences are 0.001 or 1 % apart
# part: find_bugs
# says: but not 1 %

import numpy as np


def find_bugs(backward_passes, net, params, X, Y, loss):
    f = lambda p: net.loss_and_grad(p, X, Y, loss)[0]
    eps = 1e-5
    out = set()
    for n, b in backward_passes.items():
        g = b(params, X, Y)
        for i in range(params.size):
            e = np.zeros(params.size)
            e[i] = eps
            u, m, d = f(params + e), f(params), f(params - e)
            r, l = (u - m) / eps, (m - d) / eps
            if abs(r - l) > 0.001 or abs(r - l) > 0.01 * max(abs(r), abs(l)):
                continue
            c = (u - d) / 2 / eps
            if not abs(g[i] - c) <= max(1e-7, 1e-4 * max(abs(g[i]), abs(c))):
                out.add(n)
    return out
