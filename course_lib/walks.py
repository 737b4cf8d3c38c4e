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
from course_lib.updates import UPDATES, UpdatePlan

CHUNK = 2**13  # numbers of which arrays stay in a core's own memory


def problem(optimizer, params):
    """The exception to raise where rates of a library's optimizer do not meet ``params``."""
    if type(optimizer) not in UPDATES:
        return None
    return checks.update(optimizer, params, params, optimizer.init(params))


def find(objective, params, optimizer):
    """A walk for ``minimize``, or None."""
    if type(objective) is Landscape and _known(optimizer, params):
        return LandscapeWalk(objective, params, optimizer)
    if parts := getattr(objective, "parts", None):
        net, X, Y, loss, rows = parts
        if walk := find_training(net, params, X, Y, loss, optimizer):
            walk.rows = rows
            return walk
    return None


def find_training(net, params, X, Y, loss, optimizer):
    """A walk for ``train``, or None."""
    loss = by_name(loss)
    known = (
        unmodified(net)
        and is_known(loss)
        and all(isinstance(layer, Dense) for layer in net.layers[::2])
        and all(isinstance(layer, Activation) for layer in net.layers[1::2])
        and params.ndim == 1
        and np.result_type(params, X, Y) == params.dtype
    )
    return (
        NetworkWalk(net, params, X, Y, loss, optimizer)
        if known and _known(optimizer, params)
        else None
    )


def _known(optimizer, params):
    """Whether an optimizer is of this library, and its rates meet the shape of ``params``."""
    if type(optimizer) not in UPDATES:
        return False
    if {"init", "step"} & vars(optimizer).keys():  # replaced in this very object
        return False
    return problem(optimizer, params) is None


class NetworkWalk:
    """A network, its data and an optimizer: two plans, replayed in turn, that move ``params``."""

    def __init__(self, net, params, X, Y, loss, optimizer):
        self.net, self.X, self.Y, self.loss = net, X, Y, loss
        self.params, self.grad, self.before = params, np.empty_like(params), params.copy()
        self.update = UpdatePlan(optimizer, self.params, self.grad)
        self.plans, self.step = {}, 0

    def gradient(self, rows):
        """The plan for a batch, loaded with it; all batches of one size share a plan."""
        n_rows = len(self.X) if isinstance(rows, slice) else len(rows)
        plan = self.plans.get(n_rows)
        if plan is None:
            plan = GradientPlan(self.net, self.loss, self.params, self.grad, n_rows)
            plan.load(self.X[rows], self.Y[rows])
            self.plans[n_rows] = plan
        elif not isinstance(rows, slice):
            plan.load(self.X[rows], self.Y[rows])
        return plan

    def run(self, steps, recorder):
        """Take the steps of ``minimize``, and let its recorder write them down."""
        gradient = self.gradient(self.rows(0))
        whole = isinstance(self.rows(0), slice)
        for step in steps:
            if not whole:
                gradient = self.gradient(self.rows(step))
            if recorder.before(step, self.params, gradient.replay()):
                break
            lr = self.update.replay(step)
            recorder.after(step, lr, math.sqrt(self.grad.dot(self.grad)))

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
            self.before[...] = self.params
            lr = self.update.replay(self.step)
            self.step += 1
            if log.update(lr, self.params):
                self.params[...] = self.before
                break
        return None


class LandscapeWalk:
    """A landscape and an optimizer; any number of runs side by side.

    A step only asks for the slopes. Losses come later, for many steps at once.
    """

    def __init__(self, landscape, params, optimizer):
        self.landscape = landscape
        # First all runs' first coordinates, then all second ones: NumPy likes long rows.
        coordinates, slopes = np.empty((2, params.shape[-1], *params.shape[:-1]), params.dtype)
        self.params, self.grad = np.moveaxis(coordinates, 0, -1), np.moveaxis(slopes, 0, -1)
        self.params[...] = params
        self.coordinates = [coordinates[i, ...] for i in range(len(slopes))]
        self.slopes = [slopes[i, ...] for i in range(len(slopes))]
        self.update = UpdatePlan(optimizer, self.params, self.grad)

    def run(self, steps, recorder):
        """Walk, and let the recorder of ``minimize`` write it down."""
        size = max(1, min(CHUNK // self.params.size, len(recorder.losses)))
        places = np.empty((len(self.slopes), size, *self.params.shape[:-1]), self.params.dtype)
        places, lrs, last = np.moveaxis(places, 0, -1), [], recorder.n_steps
        for step in steps:
            places[len(lrs)] = self.params
            slopes = self.landscape._slopes(*self.coordinates)
            for place, slope in zip(self.slopes, slopes, strict=True):
                place[...] = slope
            lrs.append(self.update.replay(step))
            if len(lrs) == size or step == last:
                places, n = places[: len(lrs)], len(lrs)
                if recorder.many(step + 1 - n, places, *self._seen(places), lrs):
                    break
                lrs = []

    def _seen(self, places):
        """Loss and length of the gradient at many places."""
        coordinates = [places[..., i] for i in range(places.shape[-1])]
        first, *others = self.landscape._slopes(*coordinates)
        square = np.square(first)
        for slope in others:
            square += np.square(slope)
        return self.landscape._loss(*coordinates), np.sqrt(square, square)
