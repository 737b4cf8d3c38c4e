"""Walks: the steps of ``minimize`` and ``train``, taken the fast way where there is one.

``find`` looks whether objective and optimizer are of this library, exactly as it defines them.
Then their steps can follow a plan, in arrays that nobody else ever sees. For a learner's own
objective, network, layer, loss or optimizer there is no walk, and the readable path is taken.
"""

import math

import numpy as np

from course_lib import checks
from course_lib.landscapes import Landscape
from course_lib.layers import Activation, Dense
from course_lib.losses import by_name, is_known
from course_lib.networks import unmodified
from course_lib.plans import GradientPlan
from course_lib.updates import UPDATES, UpdatePlan, settled

CHUNK = 2**14  # numbers of which arrays stay in a core's own memory


def problem(optimizer, params):
    """The exception to raise where rates of a library's optimizer do not meet ``params``."""
    if not _known(optimizer):
        return None
    if problem := checks.update(optimizer, params, params, optimizer.init(params)):
        return problem
    first, again = (settled(optimizer.schedule(0)) for _ in range(2))
    if not np.array_equal(first, again, equal_nan=True):
        wanted = f"the same rate whenever it is asked for step 0, such as {checks.describe(first)}"
        return checks.wrong(ValueError, "schedule", wanted, again)
    return None


def find(objective, params, optimizer):
    """A walk for ``minimize``, or None."""
    if type(objective) is Landscape and _known(optimizer):
        return LandscapeWalk(objective, params, optimizer)
    parts = getattr(objective, "network_parts", None)
    if parts and not hasattr(objective, "__wrapped__"):  # functools.wraps copies attributes, too
        net, X, Y, loss, rows = parts
        if walk := find_training(net, params, X, Y, loss, optimizer):
            walk.rows = rows
            return walk
    return None


def find_training(net, params, X, Y, loss, optimizer):
    """A walk for ``train``, or None."""
    loss = by_name(loss)
    fits = (
        unmodified(net)
        and is_known(loss)
        and all(isinstance(layer, Dense) for layer in net.layers[::2])
        and all(isinstance(layer, Activation) for layer in net.layers[1::2])
        and params.ndim == 1
        and np.result_type(params, X, Y) == params.dtype
        and _known(optimizer)
    )
    return NetworkWalk(net, params, X, Y, loss, optimizer) if fits else None


def _known(optimizer):
    """Whether an optimizer is of this library, and nothing in this very object is replaced."""
    return type(optimizer) in UPDATES and not {"init", "step"} & vars(optimizer).keys()


class NetworkWalk:
    """A network, its data and an optimizer: two plans, replayed in turn, that move ``params``."""

    def __init__(self, net, params, X, Y, loss, optimizer):
        self.net, self.loss, self.params, self.grad = net, loss, params, np.empty_like(params)
        self.samples = np.ones((len(X), net.sizes[0] + 1), params.dtype)
        self.samples[:, :-1], self.labels = X, np.array(Y, params.dtype, order="C")
        self.update = UpdatePlan(optimizer, self.params, self.grad)
        self.plans, self.step = {}, 0

    def gradient(self, rows):
        """The plan for a batch, loaded with it; all batches of one size share a plan."""
        whole = isinstance(rows, slice)
        n_rows = len(self.samples) if whole else len(rows)
        plan = self.plans.get(n_rows)
        if plan is None:
            plan = GradientPlan(self.net, self.loss, self.params, self.grad, n_rows)
            self.plans[n_rows] = plan
            if whole:
                plan.load(self.samples[:, :-1], self.labels)
        if not whole:
            plan.pick(self.samples, self.labels, rows)
        return plan

    def run(self, steps, recorder):
        """Take the steps of ``minimize``, and let its recorder write them down."""
        gradient, whole = None, isinstance(self.rows(0), slice)
        params, grad, update = self.params, self.grad, self.update
        for step in steps:
            if not (gradient and whole):
                gradient = self.gradient(self.rows(step))
            if recorder.before(step, params, gradient.replay()):
                break
            lr = update.replay(step)
            recorder.after(step, lr, math.sqrt(grad.dot(grad)))
            update.move()

    def epoch(self, batches, log, clip):
        """Take the steps of one epoch of ``train``; what to raise if something does not fit."""
        for rows in batches:
            gradient = self.gradient(rows)
            value = gradient.replay()
            if log.batch(value, self.grad, gradient.out, gradient.labels, gradient.loss):
                break
            if clip is not None:
                clipped = clip(self.grad.copy())
                if problem := checks.same_shape("clip(grad)", clipped, self.grad.shape):
                    return problem
                self.grad[...] = clipped
            lr = self.update.replay(self.step)
            if log.update(lr, self._stays_finite()):
                break
            self.update.move()
            self.step += 1
        return None

    def _stays_finite(self):
        """Whether ``params`` will be finite numbers after the next move, as they are now."""
        # Mostly one sum of squares tells: if it is finite, the change is too small to bring even
        # the largest number there is over the edge.
        change = self.update.change
        return math.isfinite(change.dot(change)) or np.isfinite(self.params - change).all()


class LandscapeWalk:
    """A landscape and an optimizer; any number of runs side by side.

    A step only asks for the slopes. Losses come later, for many steps at once.
    """

    def __init__(self, landscape, params, optimizer):
        self.landscape = landscape
        self.params, self.grad = (_coordinates_first(1, params)[0] for _ in range(2))
        self.params[...] = params
        self.coordinates, self.slopes = _coordinates(self.params), _coordinates(self.grad)
        self.update = UpdatePlan(optimizer, self.params, self.grad)

    def run(self, steps, recorder):
        """Walk, and let the recorder of ``minimize`` write it down."""
        last, size = recorder.n_steps, max(1, CHUNK // self.params.size)
        places, n, lrs = _coordinates_first(min(size, last + 1), self.params), 0, []
        for step in steps:
            places[n] = self.params
            n += 1
            if step < last:
                slopes = self.landscape._slopes(*self.coordinates)
                for place, slope in zip(self.slopes, slopes, strict=True):
                    place[...] = slope
                lrs.append(self.update.replay(step))
                self.update.move()
            if n == len(places) or step == last:
                seen = places[:n]
                if recorder.many(step + 1 - n, seen, *self._seen(seen), lrs):
                    break
                n, lrs = 0, []

    def _seen(self, places):
        """Loss and length of the gradient at many places."""
        coordinates = _coordinates(places)
        first, *others = self.landscape._slopes(*coordinates)
        square = np.square(first)
        for slope in others:
            square += np.square(slope)
        return self.landscape._loss(*coordinates), np.sqrt(square, square)


def _coordinates_first(n, params):
    """Room for ``n`` arrays like ``params``.

    First in memory come all runs' first coordinates, then all second ones: NumPy likes long rows.
    """
    *runs, n_params = params.shape
    return np.moveaxis(np.empty((n_params, n, *runs), params.dtype), 0, -1)


def _coordinates(places):
    return [places[..., i] for i in range(places.shape[-1])]
