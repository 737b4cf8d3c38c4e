"""Update plans: the NumPy calls of an optimizer's step, as in ``plans``.

>>> import numpy as np
>>> from course_lib import SGD
>>> print(UpdatePlan(SGD(lr=0.1, momentum=0.9), np.zeros(3), np.ones(3)))
1  v = momentum v                      multiply
2  v = v + grad                        add
3  params = params - lr v              multiply subtract
"""

import numpy as np

from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.plans import Plan, number


class UpdatePlan(Plan):
    """From ``grad`` to the next ``params``, written over the last: what ``optimizer.step`` says.

    Parameters
    ----------
    optimizer : SGD, RMSprop or Adam
    params, grad : arrays of the same shape
    """

    def __init__(self, optimizer, params, grad):
        super().__init__()
        self.schedule, self.step, self.lr = optimizer.schedule, 0, None
        self.rate = number(self.schedule(0), params)
        UPDATES[type(optimizer)](self, optimizer, params, grad, np.empty_like(params))

    def replay(self, step):
        """Move ``params``; the learning rate."""
        lr = self.schedule(step)
        if lr is not self.lr:
            self.rate[...] = self.lr = lr
        self.step = step
        for call in self.calls:
            call()
        return lr


# Optimizers. `T` is for what comes in between.


def _sgd(plan, optimizer, params, grad, T):
    direction = grad
    if np.any(optimizer.momentum):
        direction = v = np.zeros_like(params)
        beta = number(optimizer.momentum, params)
        plan.add("v = momentum v", (np.multiply, v, beta, v))
        if optimizer.ema:
            gain = number(1 - optimizer.momentum, params)
            plan.add("v = v + (1 - momentum) grad", (np.multiply, grad, gain, T), (np.add, v, T, v))
        else:
            plan.add("v = v + grad", (np.add, v, grad, v))
        if optimizer.nesterov:
            direction = T
            plan.add("T = grad + momentum v", (np.multiply, v, beta, T), (np.add, T, grad, T))
    name = "grad" if direction is grad else "T" if direction is T else "v"
    step = (np.multiply, direction, plan.rate, T), (np.subtract, params, T, params)
    plan.add(f"params = params - lr {name}", *step)


def _average(plan, name, average, beta, value, T):
    """``average = beta average + (1 - beta) value``, with calls."""
    keep, gain = number(beta, average), number(1 - beta, average)
    plan.add(
        name,
        (np.multiply, average, keep, average),
        (np.multiply, value, gain, T),
        (np.add, average, T, average),
    )


def _rmsprop(plan, optimizer, params, grad, T):
    s = np.zeros_like(params)
    plan.add("T = grad²", (np.multiply, grad, grad, T))
    _average(plan, "s = beta s + (1 - beta) T", s, optimizer.beta, T, T)
    plan.add("T = sqrt(s) + eps", (np.sqrt, s, T), (np.add, T, number(optimizer.eps, T), T))
    plan.add("T = lr grad / T", (np.divide, grad, T, T), (np.multiply, T, plan.rate, T))
    plan.add("params = params - T", (np.subtract, params, T, params))


def _adam(plan, optimizer, params, grad, T):
    beta1, beta2 = optimizer.beta1, optimizer.beta2
    m, s = np.zeros_like(params), np.zeros_like(params)
    scale1, scale2 = number(plan.rate, params), number(0 * plan.rate + beta2, params)

    def correct():
        k = plan.step + 1
        scale1[...] = plan.rate / (1 - beta1**k)
        scale2[...] = 1 / np.sqrt(1 - beta2**k)

    _average(plan, "m = beta1 m + (1 - beta1) grad", m, beta1, grad, T)
    plan.add("T = grad²", (np.multiply, grad, grad, T))
    _average(plan, "s = beta2 s + (1 - beta2) T", s, beta2, T, T)
    plan.add("T = sqrt s", (np.sqrt, s, T))
    if optimizer.bias_correction:
        plan.add("T = T / sqrt(1 - beta2^k)", (correct,), (np.multiply, T, scale2, T))
    plan.add("T = m / (T + eps)", (np.add, T, number(optimizer.eps, T), T), (np.divide, m, T, T))
    plan.add("T = lr T / (1 - beta1^k)", (np.multiply, T, scale1, T))
    plan.add("params = params - T", (np.subtract, params, T, params))


UPDATES = {SGD: _sgd, RMSprop: _rmsprop, Adam: _adam}
