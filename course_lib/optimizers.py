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
from course_lib.checks import plain
from course_lib.schedules import Schedule, constant


class _Optimizer:
    """What the optimizers of this module share: a learning rate, kept as a ``schedule``."""

    @property
    def lr(self):
        """The learning rate, or the schedule that was given for it."""
        fixed = self.schedule.fixed if isinstance(self.schedule, Schedule) else None
        return self.schedule if fixed is None else plain(fixed)  # a copy: may be changed in place

    @lr.setter
    def lr(self, lr):
        if problem := checks.rate("lr", lr):
            raise problem
        self.schedule = lr if callable(lr) else constant(lr)


class SGDState(NamedTuple):
    """What SGD remembers between two steps."""

    step: int
    velocity: np.ndarray


class SGD(_Optimizer):
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
            checks.rate("lr", lr)
            or checks.fraction("momentum", momentum)
            or checks.flag("nesterov", nesterov)
            or checks.flag("ema", ema)
        )
        if problem:
            raise problem
        if nesterov and ema:
            raise ValueError("nesterov and ema: expected at most one of them, got both")
        self.lr = lr
        self.momentum = plain(momentum)
        self.nesterov = bool(nesterov)
        self.ema = bool(ema)

    def init(self, params):
        """The state before the first step: no velocity yet."""
        if problem := checks.numeric("params", params):
            raise problem
        return SGDState(step=0, velocity=np.zeros_like(params))

    @np.errstate(all="ignore")  # a huge gradient is a lesson, not a warning
    def step(self, params, grad, state):
        """One update. Returns new ``(params, state)``; the old ones stay as they were."""
        if problem := checks.update(self, params, grad, state):
            raise problem
        params, grad, lr = np.asarray(params), np.asarray(grad), self.schedule(state.step)
        gain = 1 - self.momentum if self.ema else 1
        velocity = self.momentum * state.velocity + gain * grad
        direction = grad + self.momentum * velocity if self.nesterov else velocity
        return params - lr * direction, SGDState(state.step + 1, velocity)

    def __repr__(self):
        form = ", nesterov=True" if self.nesterov else ", ema=True" if self.ema else ""
        return f"SGD(lr={_shown(self.lr)}, momentum={_shown(self.momentum)}{form})"


class RMSpropState(NamedTuple):
    """What RMSprop remembers between two steps: the mean square of the gradient."""

    step: int
    square: np.ndarray


class RMSprop(_Optimizer):
    r"""Divide each gradient by its own recent size, so that all weights move at a like pace.

    .. math:: s \leftarrow \beta s + (1 - \beta)\, g^2, \qquad
              w \leftarrow w - \eta\, \frac{g}{\sqrt{s} + \epsilon}

    Parameters
    ----------
    lr : float, array of shape (n_runs, 1), or schedule
        Learning rate :math:`\eta` > 0: about how far a weight moves in one step.
    beta : float or array of shape (n_runs, 1)
        How much of the past the mean square :math:`s` keeps, with 0 <= beta < 1.
    eps : float
        Keeps the division possible; > 0, outside the root (some texts put it inside).

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.

    References
    ----------
    T. Tieleman and G. Hinton, "Lecture 6.5: RMSprop", Neural Networks for Machine Learning, 2012.

    Examples
    --------
    The first step has the same length on a steep and on a gentle slope:

    >>> optimizer, w = RMSprop(lr=0.01), np.zeros(2)
    >>> optimizer.step(w, np.array([1000.0, 0.001]), optimizer.init(w))[0].round(4)
    array([-0.0316, -0.0316])
    """

    def __init__(self, lr, beta=0.9, eps=1e-8):
        problem = (
            checks.rate("lr", lr) or checks.fraction("beta", beta) or checks.positive("eps", eps)
        )
        if problem:
            raise problem
        self.lr = lr
        self.beta, self.eps = plain(beta), plain(eps)

    def init(self, params):
        """The state before the first step: no past yet."""
        if problem := checks.numeric("params", params):
            raise problem
        return RMSpropState(step=0, square=np.zeros_like(params))

    @np.errstate(all="ignore")  # a huge gradient is a lesson, not a warning
    def step(self, params, grad, state):
        """One update. Returns new ``(params, state)``; the old ones stay as they were."""
        if problem := checks.update(self, params, grad, state):
            raise problem
        params, grad, lr = np.asarray(params), np.asarray(grad), self.schedule(state.step)
        square = self.beta * state.square + (1 - self.beta) * grad**2
        new = params - lr * grad / (np.sqrt(square) + self.eps)
        return new, RMSpropState(state.step + 1, square)

    def __repr__(self):
        form = "" if np.all(self.eps == 1e-8) else f", eps={_shown(self.eps)}"
        return f"RMSprop(lr={_shown(self.lr)}, beta={_shown(self.beta)}{form})"


class AdamState(NamedTuple):
    """What Adam remembers between two steps: the first and second moment of the gradient."""

    step: int
    mean: np.ndarray
    square: np.ndarray


class Adam(_Optimizer):
    r"""Momentum and RMSprop in one: an averaged gradient over its averaged size.

    .. math:: m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad
              s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2, \qquad
              w \leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat s} + \epsilon}

    Both averages start at 0 and are too small at first. The *bias correction*
    :math:`\hat m = m / (1 - \beta_1^k)`, :math:`\hat s = s / (1 - \beta_2^k)` at the
    :math:`k`-th step makes up for it. (The paper writes :math:`v` for :math:`s`, and
    :math:`\alpha` for :math:`\eta`.)

    Parameters
    ----------
    lr : float, array of shape (n_runs, 1), or schedule
        Learning rate :math:`\eta` > 0.
    beta1, beta2 : float or array of shape (n_runs, 1)
        How much of the past the two averages keep; each with 0 <= beta < 1.
    eps : float
        Keeps the division possible; > 0, outside the root.
    bias_correction : bool
        Whether to correct the averages.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015.

    Examples
    --------
    >>> optimizer, w = Adam(lr=0.01), np.zeros(2)
    >>> optimizer.step(w, np.array([1000.0, 0.001]), optimizer.init(w))[0].round(4)
    array([-0.01, -0.01])
    """

    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
        problem = (
            checks.rate("lr", lr)
            or checks.fraction("beta1", beta1)
            or checks.fraction("beta2", beta2)
            or checks.positive("eps", eps)
            or checks.flag("bias_correction", bias_correction)
        )
        if problem:
            raise problem
        self.lr = lr
        self.beta1, self.beta2, self.eps = plain(beta1), plain(beta2), plain(eps)
        self.bias_correction = bool(bias_correction)

    def init(self, params):
        """The state before the first step: no past yet."""
        if problem := checks.numeric("params", params):
            raise problem
        return AdamState(step=0, mean=np.zeros_like(params), square=np.zeros_like(params))

    @np.errstate(all="ignore")  # a huge gradient is a lesson, not a warning
    def step(self, params, grad, state):
        """One update. Returns new ``(params, state)``; the old ones stay as they were."""
        if problem := checks.update(self, params, grad, state):
            raise problem
        params, grad, lr = np.asarray(params), np.asarray(grad), self.schedule(state.step)
        k = state.step + 1
        mean = self.beta1 * state.mean + (1 - self.beta1) * grad
        square = self.beta2 * state.square + (1 - self.beta2) * grad**2
        mean_hat, square_hat = mean, square
        if self.bias_correction:
            mean_hat, square_hat = mean / (1 - self.beta1**k), square / (1 - self.beta2**k)
        new = params - lr * mean_hat / (np.sqrt(square_hat) + self.eps)
        return new, AdamState(k, mean, square)

    def __repr__(self):
        form = "" if np.all(self.eps == 1e-8) else f", eps={_shown(self.eps)}"
        form += "" if self.bias_correction else ", bias_correction=False"
        betas = f"beta1={_shown(self.beta1)}, beta2={_shown(self.beta2)}"
        return f"Adam(lr={_shown(self.lr)}, {betas}{form})"


def _shown(rate):
    """A rate in a few words; a schedule as the call that made it, a function by its name."""
    if isinstance(rate, Schedule):
        return repr(rate)
    return getattr(rate, "__name__", None) or checks.describe(rate)
