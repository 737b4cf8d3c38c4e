"""Update plans: the NumPy calls of an optimizer's step, as in ``plans``.

>>> import numpy as np
>>> from course_lib import Adam
>>> print(UpdatePlan(Adam(lr=0.1), np.zeros(3), np.ones(3)))
1  m = beta1 m + grad                  multiply add
2  s = beta2 s + grad²                 multiply multiply add
3  change = rate m / (sqrt(s) + eps)   sqrt add divide multiply

One thing is arranged differently from ``optimizers``: a plan sums where those average. The
average is ``1 - beta`` times the sum. This factor, like those of the bias correction, is one
number, and is hidden in ``rate`` and ``eps``. Of Adam's k-th step:

    root = sqrt((1 - beta2) / (1 - beta2^k))
    rate = lr (1 - beta1) / (1 - beta1^k) / root
    eps = the optimizer's eps / root

Without bias correction ``1 - beta1^k`` and ``1 - beta2^k`` are left out. RMSprop has no mean, and
so only ``root = sqrt(1 - beta)``, ``rate = lr / root`` and ``eps`` as above.
"""

from functools import partial

import numpy as np

from course_lib import checks
from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.plans import Plan, number
from course_lib.schedules import Schedule


class UpdatePlan(Plan):
    """From ``grad`` to ``change``, which ``move`` then takes from ``params``.

    Parameters
    ----------
    optimizer : SGD, RMSprop or Adam
    params, grad : arrays of the same shape
    """

    def __init__(self, optimizer, params, grad):
        super().__init__()
        build, factors = UPDATES[type(optimizer)]
        self.schedule, self.factors = optimizer.schedule, partial(factors, optimizer)
        self.lr = settled(self.schedule(0))
        self.fixed = isinstance(self.schedule, Schedule) and self.schedule.fixed is not None
        self.vary = getattr(optimizer, "bias_correction", False)
        rate, eps = self.factors(self.lr, 1)
        if params.ndim > 1:  # a schedule may begin with one rate and later have one for each run
            rate = np.broadcast_to(rate, params.shape)
        self.rate, self.eps = number(rate, params), number(eps, params)
        self.change = np.empty_like(params)
        self.move = partial(np.subtract, params, self.change, params)
        build(self, optimizer, grad, self.change)

    def replay(self, step):
        """Work out the change; the learning rate."""
        lr = self.lr if self.fixed else self.schedule(step)
        same = lr is self.lr
        if not same:
            if problem := checks.meets("lr", lr, self.change.shape):
                raise problem
            self.lr = settled(lr)
        if self.vary or not same:
            self.rate[...], self.eps[...] = self.factors(self.lr, step + 1)
        for call in self.calls:
            call()
        return self.lr


def settled(lr):
    """A learning rate that stays as it is, whatever its schedule does to what it returned."""
    if isinstance(lr, float):
        return lr
    fixed = isinstance(lr, np.ndarray) and lr.dtype == float and not lr.flags.writeable
    return lr if fixed else np.array(lr, float)


# Optimizers: their calls, and the factors `rate` and `eps` of the k-th step.


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


def _sgd_factors(optimizer, lr, k):
    return lr * (1 - optimizer.momentum if optimizer.ema else 1), 0.0


def _sum_of_squares(plan, name, beta, grad, T):
    """Add ``s = beta s + grad²``; its ``s``."""
    s, beta = np.zeros_like(grad), number(beta, grad)
    keep, square, add = (np.multiply, s, beta, s), (np.multiply, grad, grad, T), (np.add, s, T, s)
    plan.add(f"s = {name} s + grad²", keep, square, add)
    return s


def _divide(plan, name, direction, s, change):
    plan.add(
        f"change = rate {name} / (sqrt(s) + eps)",
        (np.sqrt, s, change),
        (np.add, change, plan.eps, change),
        (np.divide, direction, change, change),
        (np.multiply, change, plan.rate, change),
    )


def _rmsprop(plan, optimizer, grad, change):
    s = _sum_of_squares(plan, "beta", optimizer.beta, grad, change)
    _divide(plan, "grad", grad, s, change)


def _rmsprop_factors(optimizer, lr, k):
    root = (1 - optimizer.beta) ** 0.5
    return lr / root, optimizer.eps / root


def _adam(plan, optimizer, grad, change):
    m, beta = np.zeros_like(grad), number(optimizer.beta1, grad)
    plan.add("m = beta1 m + grad", (np.multiply, m, beta, m), (np.add, m, grad, m))
    s = _sum_of_squares(plan, "beta2", optimizer.beta2, grad, change)
    _divide(plan, "m", m, s, change)


def _adam_factors(optimizer, lr, k):
    mean, square = 1 - optimizer.beta1, 1 - optimizer.beta2
    if optimizer.bias_correction:
        mean, square = mean / (1 - optimizer.beta1**k), square / (1 - optimizer.beta2**k)
    root = square**0.5
    return lr * mean / root, optimizer.eps / root


UPDATES = {
    SGD: (_sgd, _sgd_factors),
    RMSprop: (_rmsprop, _rmsprop_factors),
    Adam: (_adam, _adam_factors),
}
