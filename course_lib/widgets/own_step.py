"""A learner's own step, driven by the same sliders as the library's optimizers."""

import numpy as np

from course_lib import checks


class OwnStep:
    """``step(theta, velocity, grad, lr, beta) -> (theta, velocity)`` as an optimizer."""

    def __init__(self, step, landscape, lr, beta):
        self.update, self.landscape, self.lr, self.beta = step, landscape, lr, beta

    def init(self, params):
        return np.zeros_like(params)

    def step(self, params, grad, velocity):
        def slopes(theta):
            # Most steps ask for the slopes where they stand, which are known.
            here = type(theta) is np.ndarray and np.array_equal(theta, params)
            return grad.copy() if here else self.landscape(theta)[1]

        theta, velocity = self.update(params.copy(), velocity.copy(), slopes, self.lr, self.beta)
        return np.asarray(theta, float), np.asarray(velocity, float)


class OneRun:
    """An optimizer of one run, for a stack that holds just one."""

    def __init__(self, optimizer):
        self.optimizer = optimizer

    def init(self, params):
        return self.optimizer.init(params[0])

    def step(self, params, grad, state):
        moved, state = self.optimizer.step(params[0], grad[0], state)
        return moved[None], state


def problem(step, landscape):
    """The exception to raise for a step that cannot take one run, or None."""
    wanted = "step(theta, velocity, grad, lr, beta) -> (theta, velocity)"
    if not callable(step):
        return checks.wrong(TypeError, "step", f"a function {wanted}", step)
    try:
        theta, velocity = np.array(landscape.start, float), np.zeros(2)
        answer = step(theta, velocity, lambda w: landscape(w)[1], 0.01, 0.5)
        shapes = [np.shape(part) for part in answer]
    except Exception as error:
        return ValueError(f"step: expected {wanted}; it raised {type(error).__name__}: {error}")
    if shapes != [(2,), (2,)]:
        return ValueError(f"step: expected two arrays of shape (2,), got {answer!r}")
    return None


@np.errstate(all="ignore")
def broadcasts(step, landscape):
    """Whether a step moves many runs at once as it moves each of them alone.

    One of them is far away: whoever looks at all runs together is then misled about the others.
    """
    lr, beta = np.array([[0.001], [0.01], [0.02], [1e-9]]), np.array([[0.0], [0.5], [0.9], [0.5]])
    start = np.array(landscape.start) * [[1.0], [0.9], [0.8], [1e6]]
    try:
        together = _after(3, OwnStep(step, landscape, lr, beta), start)
        alone = [
            _after(3, OwnStep(step, landscape, *pair), place)
            for *pair, place in zip(lr[:, 0], beta[:, 0], start, strict=True)
        ]
        return together.shape == start.shape and bool(np.allclose(together, alone, equal_nan=True))
    except Exception:
        return False


def _after(n_steps, optimizer, params):
    state = optimizer.init(params)
    for _ in range(n_steps):
        params, state = optimizer.step(params, optimizer.landscape(params)[1], state)
    return params
