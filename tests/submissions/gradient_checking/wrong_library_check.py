# mistake: lets the library's check_network decide
# part: find_bugs
# says: the library's own version
# scores: 0

import course_lib


class Claimed:
    def __init__(self, net, backward):
        self.net, self.own = net, backward

    def __getattr__(self, name):
        return getattr(self.net, name)

    def loss_and_grad(self, params, X, Y, loss):
        return self.net.loss_and_grad(params, X, Y, loss)[0], self.own(params, X, Y)


def find_bugs(backward_passes, net, params, X, Y, loss):
    check = course_lib.check_network
    return {
        name
        for name, backward in backward_passes.items()
        if not check(Claimed(net, backward), params, X, Y, loss, tol=1e-4).ok
    }
