"""Optimizers: how a gradient becomes a step.

An optimizer knows one flat vector of parameters and nothing of networks, so the same object
walks down a bowl and trains a classifier. It keeps no memory of its own: what it must
remember between steps (here, the velocity) is handed back as ``state`` and handed in again.

    state = optimizer.init(params)
    params, state = optimizer.step(params, grad, state)

Any object with these two methods is an optimizer; write your own and hand it to ``minimize``.
"""

from typing import NamedTuple

import numpy as np

from course_lib import checks
from course_lib.schedules import constant


class SGDState(NamedTuple):
    """What SGD remembers between two steps."""

    step: int
    velocity: np.ndarray


class SGD:
    r"""Gradient descent, with momentum if you ask for it.

    With the gradient :math:`g` and :math:`\beta` = ``momentum``,

    .. math:: v \leftarrow \beta v + g, \qquad w \leftarrow w - \eta v

    This is the *heavy ball*. ``momentum=0`` is plain gradient descent,
    :math:`w \leftarrow w - \eta g`. Two cousins differ in one place each:

    - ``ema=True`` averages instead of summing: :math:`v \leftarrow \beta v + (1-\beta) g`.
      It takes the heavy ball's path when its learning rate is :math:`1/(1-\beta)` times as large.
    - ``nesterov=True`` looks ahead: :math:`w \leftarrow w - \eta (g + \beta v)`, with the
      new :math:`v`.

    Parameters
    ----------
    lr : float, array of shape (n_runs, 1), or schedule
        Learning rate :math:`\eta` > 0, or a function ``step -> lr``.
    momentum : float or array of shape (n_runs, 1)
        :math:`\beta`, with 0 <= momentum < 1.
    nesterov, ema : bool
        Which form of momentum; not both.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range, or both forms are asked for.

    References
    ----------
    B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
    I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization and
    momentum in deep learning", 2013 (the Nesterov form used here).

    Examples
    --------
    Two steps down ``w**2`` from ``w = 5``:

    >>> optimizer = SGD(lr=0.1)
    >>> w, state = np.array([5.0]), optimizer.init(np.array([5.0]))
    >>> for _ in range(2):
    ...     w, state = optimizer.step(w, 2 * w, state)
    >>> w
    array([3.2])
    """

    def __init__(self, lr, momentum=0.0, nesterov=False, ema=False):
        problem = (
            (None if callable(lr) else checks.positive("lr", lr))
            or checks.fraction("momentum", momentum)
            or checks.flag("nesterov", nesterov)
            or checks.flag("ema", ema)
        )
        if problem:
            raise problem
        if nesterov and ema:
            raise ValueError("nesterov and ema: expected at most one of them, got both")
        self.schedule = lr if callable(lr) else constant(lr)
        self.momentum = momentum
        self.nesterov = bool(nesterov)
        self.ema = bool(ema)

    def init(self, params):
        """The state before the first step: no velocity yet."""
        return SGDState(step=0, velocity=np.zeros_like(params))

    def step(self, params, grad, state):
        """One update. Returns new ``(params, state)``; the old ones stay as they were."""
        gain = 1 - self.momentum if self.ema else 1
        velocity = self.momentum * state.velocity + gain * grad
        direction = grad + self.momentum * velocity if self.nesterov else velocity
        lr = self.schedule(state.step)
        return params - lr * direction, SGDState(state.step + 1, velocity)

    def __repr__(self):
        form = ", nesterov=True" if self.nesterov else ", ema=True" if self.ema else ""
        return f"SGD(lr={self.schedule(0)}, momentum={self.momentum}{form})"
