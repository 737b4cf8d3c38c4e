# mistake: takes the network's own gradient as the judge
# part: find_bugs
# says: the network's own gradient is wrong

import numpy as np


def find_bugs(backward_passes, net, params, X, Y, loss):
    expected = net.loss_and_grad(params, X, Y, loss)[1]
    return {
        name
        for name, backward in backward_passes.items()
        if not np.allclose(backward(params, X, Y), expected, rtol=1e-4, atol=1e-7)
    }
