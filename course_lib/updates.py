"""Update plans: the NumPy calls of an optimizer's step, as in ``plans``.

>>> import numpy as np
>>> from course_lib import Adam
>>> print(UpdatePlan(Adam(lr=0.1), np.zeros(3), np.ones(3)))
1  v = beta1 v + grad                  multiply add
2  s = beta2 s + grad²                 multiply multiply add
3  change = rate v / (sqrt(s) + eps)   sqrt add divide multiply

One thing is arranged differently from ``optimizers``: a plan sums where those average. The
average is ``1 - beta`` times the sum. This factor, like those of the bias correction, is one
number, and is hidden in ``rate`` and ``eps``. Of Adam's k-th step:

    root = sqrt((1 - beta2) / (1 - beta2^k))
    rate = lr (1 - beta1) / (1 - beta1^k) / root
    eps = the optimizer's eps / root
"""

from functools import partial

import numpy as np

from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.plans import Plan, number


class UpdatePlan(Plan):
    """From ``grad`` to ``change``, which ``move`` then takes from ``params``.

    Parameters
    ----------
    optimizer : SGD, RMSprop or Adam
    params, grad : arrays of the same shape
    """

    def __init__(self, optimizer, params, grad):
        super().__init__()
        build, rates = UPDATES[type(optimizer)]
        self.schedule, self.rates = optimizer.schedule, partial(rates, optimizer)
        self.lr = self.schedule(0)
        self.vary = getattr(optimizer, "bias_correction", False)
        self.rate, self.eps = (number(rate, params) for rate in self.rates(self.lr, 1))
        self.change = np.empty_like(params)
        self.move = partial(np.subtract, params, self.change, params)
        build(self, optimizer, grad, self.change)

    def replay(self, step):
        """Work out the change; the learning rate."""
        lr = self.schedule(step)
        if self.vary or lr is not self.lr:
            self.lr = lr
            self.rate[...], self.eps[...] = self.rates(lr, step + 1)
        for call in self.calls:
            call()
        return lr


# Optimizers: their calls, and `rate` and `eps` of the k-th step.


def _sgd(plan, optimizer, grad, change):
    direction, name = grad, "grad"
    if np.any(optimizer.momentum):
        direction, name = np.zeros_like(grad), "v"
        v, beta = direction, number(optimizer.momentum, grad)
        plan.add("v = momentum v + grad", (np.multiply, v, beta, v), (np.add, v, grad, v))
        if optimizer.nesterov:
            direction, name = change, "change"
            calls = (np.multiply, v, beta, change), (np.add, change, grad, change)
            plan.add("change = momentum v + grad", *calls)
    plan.add(f"change = rate {name}", (np.multiply, direction, plan.rate, change))


def _sgd_rates(optimizer, lr, k):
    return lr * (1 - optimizer.momentum if optimizer.ema else 1), 0.0


def _sum_of_squares(plan, name, beta, grad, T):
    """Add ``s = beta s + grad²``; its ``s``."""
    s, beta = np.zeros_like(grad), number(beta, grad)
    keep, square, add = (np.multiply, s, beta, s), (np.multiply, grad, grad, T), (np.add, s, T, s)
    plan.add(f"s = {name} s + grad²", keep, square, add)
    return s


def _divide(plan, name, v, s, change):
    plan.add(
        f"change = rate {name} / (sqrt(s) + eps)",
        (np.sqrt, s, change),
        (np.add, change, plan.eps, change),
        (np.divide, v, change, change),
        (np.multiply, change, plan.rate, change),
    )


def _rmsprop(plan, optimizer, grad, change):
    s = _sum_of_squares(plan, "beta", optimizer.beta, grad, change)
    _divide(plan, "grad", grad, s, change)


def _rmsprop_rates(optimizer, lr, k):
    root = (1 - optimizer.beta) ** 0.5
    return lr / root, optimizer.eps / root


def _adam(plan, optimizer, grad, change):
    v, beta = np.zeros_like(grad), number(optimizer.beta1, grad)
    plan.add("v = beta1 v + grad", (np.multiply, v, beta, v), (np.add, v, grad, v))
    s = _sum_of_squares(plan, "beta2", optimizer.beta2, grad, change)
    _divide(plan, "v", v, s, change)


def _adam_rates(optimizer, lr, k):
    mean, square = 1 - optimizer.beta1, 1 - optimizer.beta2
    if optimizer.bias_correction:
        mean, square = mean / (1 - optimizer.beta1**k), square / (1 - optimizer.beta2**k)
    root = square**0.5
    return lr * mean / root, optimizer.eps / root


UPDATES = {
    SGD: (_sgd, _sgd_rates),
    RMSprop: (_rmsprop, _rmsprop_rates),
    Adam: (_adam, _adam_rates),
}
