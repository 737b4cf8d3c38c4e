"""Fitting: train a network on data, epoch by epoch, and watch it with data it never learns from.

``train`` is the loop of ``minimize`` with what real data asks for: mini-batches, a validation
set, early stopping, clipping.
"""

import copy
import time
from collections import defaultdict
from operator import mul

import numpy as np

from course_lib import checks, walks
from course_lib.batches import batches_of_epoch
from course_lib.clipping import clip_by_norm, clip_by_value
from course_lib.history import History
from course_lib.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    by_name,
    cross_entropy,
    cross_entropy_with_logits,
    half_rss,
    labels_problem,
    rss,
)
from course_lib.networks import aim_problem, fit_problem
from course_lib.progress import with_bar
from course_lib.training import divergence_limit, kept, rate_of

SUMS = (rss, half_rss)
CLASSIFIES = (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_with_logits,
)
METRICS = ("accuracy", "grad_norm")


def train(
    net,
    params,
    data,
    loss,
    optimizer,
    epochs,
    batch_size=None,
    validation=None,
    early_stopping=None,
    clip=None,
    metrics=(),
    seed=0,
    progress=False,
):
    """Train a network: every epoch goes once through the data, with one update per batch.

    Training *diverges* when a loss stops being finite or exceeds 10⁶ · max(1, abs(first loss)),
    or an update leaves the range of numbers. It ends there, with the last finite parameters.

    Parameters
    ----------
    net : Network, or any object with ``loss_and_grad`` and ``predict``
    params : array of shape (n_params,)
        Where to start. It is copied, never changed. Training runs in float32 if it and the data
        are float32, otherwise in float64.
    data : pair of arrays
        ``(X, Y)``.
    loss : str or callable
        As in ``Network.loss_and_grad``.
    optimizer : object with ``init`` and ``step``
        Such as ``Adam(lr=0.001)``. The step of its schedule counts updates.
    epochs : int
        How often to go through the data, >= 1.
    batch_size : int, optional
        Samples per update; without it all of them. The batches are those of
        ``net.objective(X, Y, loss, batch_size, seed)``.
    validation : pair of arrays, optional
        ``(X, Y)`` to judge by, never to learn from.
    early_stopping : object with ``update``, ``best_params`` and ``best_epoch``, optional
        Such as ``EarlyStopping(patience=10)``. Training starts from a copy of it.
    clip : callable, optional
        ``clip(grad) -> grad``, such as ``clip_by_norm(1.0)``.
    metrics : sequence of str
        What else to write down: ``"accuracy"``, ``"grad_norm"``.
    seed : int
        Decides the order of the samples, >= 0.
    progress : bool
        Whether to show a bar while it runs; it leaves nothing behind.

    Returns
    -------
    history : History
        With one entry per epoch in each of these arrays:

        ``.train_loss``
            The mean over the samples of what their batch cost before its update (of ``rss`` and
            ``half_rss`` the sum).
        ``.val_loss``, ``.val_accuracy``
            After the epoch, if there is a validation set; the accuracy if the loss is a
            cross-entropy, or asked for.
        ``.train_accuracy``, ``.grad_norm``
            If asked for: the share of right answers, on the same batches as the loss; the mean
            length of the batches' gradients, before clipping.
        ``.lr``
            Learning rate of the last update.
        ``.epoch_seconds``
            How long the updates took.

        And once:

        ``.params``
            After the last epoch; with early stopping, after the best.
        ``.best_epoch``, ``.stopped_epoch``
            The best epoch and the one that training was stopped after, counted from 0; None
            without early stopping, or if there was none.
        ``.diverged``
            Whether training diverged.

    Raises
    ------
    ValueError, TypeError
        If an argument, or what one of the objects returns, does not fit.

    Examples
    --------
    >>> from course_lib import Adam, mlp, train, xor
    >>> net = mlp([2, 4, 1], ["tanh", "sigmoid"])
    >>> history = train(
    ...     net, net.init_params(0), xor(), "binary_cross_entropy", Adam(lr=0.1), epochs=100
    ... )
    >>> net.predict(history.params, xor()[0]).round()[:, 0]
    array([0., 1., 1., 0.])
    """
    problem = (
        _problem(net, params, data, loss, validation, early_stopping, metrics)
        or checks.methods("optimizer", optimizer, ("init", "step"))
        or checks.count("epochs", epochs)
        or (batch_size is not None and checks.count("batch_size", batch_size, most=len(data[0])))
        or (clip is not None and _clip_problem(clip))
        or checks.count("seed", seed, least=0)
        or checks.flag("progress", progress)
    )
    if problem:
        raise problem
    params = np.array(params, checks.float_type(params, *data))
    X, Y = (np.asarray(part, params.dtype) for part in data)
    if validation is not None:
        validation = [np.array(part, params.dtype) for part in validation]
    log, stopping, stopped_epoch = _Log(loss, len(X), metrics), copy.deepcopy(early_stopping), None

    with np.errstate(all="ignore"):
        if problem := walks.problem(optimizer, params):
            raise problem
        walk = walks.find_training(net, params, X, Y, loss, optimizer)  # the same, only faster
        walk = walk or _ReadableWalk(net, params, X, Y, loss, optimizer)
        for epoch in with_bar(range(epochs), "epoch", progress):
            start = time.perf_counter()
            if problem := walk.epoch(batches_of_epoch(len(X), batch_size, seed, epoch), log, clip):
                raise problem
            log.close_epoch(time.perf_counter() - start)
            if validation is not None:
                if problem := _validate(net, walk.params, *validation, loss, log):
                    raise problem
            if log.diverged:
                break
            if stopping is not None and stopping.update(epoch, log.val_loss, walk.params.copy()):
                stopped_epoch = epoch
                break
    best = getattr(stopping, "best_params", None)
    best = walk.params if best is None else best
    if problem := checks.same_shape("early_stopping.best_params", best, params.shape):
        raise problem
    return log.history(np.array(best, params.dtype), stopping, stopped_epoch)


class _ReadableWalk:
    """The updates of ``train``, batch by batch, as they stand in any tutorial."""

    def __init__(self, net, params, X, Y, loss, optimizer):
        self.net, self.params, self.X, self.Y, self.loss = net, params, X.copy(), Y.copy(), loss
        self.optimizer, self.state = optimizer, optimizer.init(params.copy())
        self.rate, self.step = rate_of(optimizer), 0

    def epoch(self, batches, log, clip):
        """Go once through the data; what to raise if something does not fit."""
        for rows in batches:
            x, y, params = self.X[rows], self.Y[rows], self.params
            answer, out = _ask(self.net, params, x, y, self.loss, "accuracy" in log.metrics)
            if problem := _answer_problem(answer, out, params, y):
                return problem
            grad = kept(answer[1], params)
            if log.batch(np.asarray(answer[0]).item(), grad, out, y, log.loss):
                break
            if clip is not None:
                clipped = clip(grad)
                if problem := checks.same_shape("clip(grad)", clipped, params.shape):
                    return problem
                grad = kept(clipped, params)
            lr = self.rate(self.step)
            if problem := checks.meets("lr", lr, params.shape):
                return problem
            answer = self.optimizer.step(params.copy(), grad, self.state)
            if problem := checks.step_answer(answer, params.shape):
                return problem
            new, self.state = np.array(answer[0], params.dtype), answer[1]
            if log.update(lr, np.isfinite(new).all()):
                break
            self.params, self.step = new, self.step + 1
        return None


def _ask(net, params, X, Y, loss, predicts):
    """Loss and gradient of any network, and what it predicts; it may do as it likes with copies."""
    answer = net.loss_and_grad(params.copy(), X.copy(), Y.copy(), loss)
    return answer, np.array(net.predict(params.copy(), X.copy())) if predicts else None


def _validate(net, params, X, Y, loss, log):
    """Judge an epoch by data never learned from; what to raise if an answer does not fit."""
    answer, out = _ask(net, params, X, Y, loss, log.classifies)
    if problem := _answer_problem(answer, out, params, Y):
        return problem
    log.validate(np.asarray(answer[0]).item(), out, Y)
    return None


def _answer_problem(answer, out, params, Y):
    """What a learner's own network should have returned, or None."""
    name = "net.loss_and_grad(params, X, Y, loss)"
    if problem := checks.loss_and_grad(answer, params.shape, name):
        return problem
    if out is not None and np.shape(out) != Y.shape:
        wanted = f"shape {Y.shape}, like Y"
        return checks.wrong(ValueError, "net.predict(params, X)", wanted, out)
    return None


def accuracy(out, Y, loss):
    """The share of right answers: of classes, or of single yes or no answers."""
    if loss is binary_cross_entropy_with_logits:
        right = (out > 0) == (Y > 0.5)
    elif loss is binary_cross_entropy or (
        Y.shape[1] == 1 and loss is not cross_entropy_with_logits
    ):
        right = (out > 0.5) == (Y > 0.5)
    else:
        right = out.argmax(axis=1) == Y.argmax(axis=1)
    return np.count_nonzero(right) / right.size


class _Log:
    """Writes training down, epoch by epoch, and notices when it diverges.

    ``curves`` has a value for each epoch; ``batches`` has one for each batch of this epoch, and
    ``shares`` says which part of all samples each batch was.
    """

    def __init__(self, loss, n_samples, metrics):
        self.loss, self.n_samples, self.metrics = by_name(loss), n_samples, metrics
        self.classifies = self.loss in CLASSIFIES or "accuracy" in metrics
        self.limit, self.diverged, self.lr = None, False, np.nan
        self.curves, self.batches, self.shares = defaultdict(list), defaultdict(list), []

    def batch(self, value, grad, out, Y, loss):
        """Write down a batch, before its update; whether training diverged.

        ``loss`` fits ``out``: logits, where a plan joins the last activation with the loss.
        """
        self.shares.append(len(Y) / self.n_samples)
        self.batches["train_loss"].append(value)
        if "accuracy" in self.metrics:
            self.batches["train_accuracy"].append(accuracy(out, Y, loss))
        if "grad_norm" in self.metrics:
            self.batches["grad_norm"].append(np.linalg.norm(grad))
        if self.limit is None:
            self.limit = float(divergence_limit(value))
        self.diverged = not abs(value) <= self.limit
        return self.diverged

    def update(self, lr, finite):
        """Write down an update; whether training diverged."""
        self.lr, self.diverged = lr, not finite
        return self.diverged

    def close_epoch(self, seconds):
        """From the batches to the curves."""
        self.curves["epoch_seconds"].append(seconds)
        self.curves["lr"].append(self.lr)
        for name, values in self.batches.items():
            self.curves[name].append(values[0] if len(values) == 1 else self._whole(name, values))
            values.clear()
        self.shares.clear()
        self.lr = np.nan

    def _whole(self, name, values):
        """What batches tell about the epoch."""
        if name == "grad_norm":
            return np.mean(values)
        if name == "train_loss" and self.loss in SUMS:
            return sum(values)
        return sum(map(mul, values, self.shares)) / sum(self.shares)

    def validate(self, value, out, Y):
        """Write down what the validation set says after an epoch."""
        self.val_loss = value
        self.curves["val_loss"].append(value)
        if self.classifies:
            self.curves["val_accuracy"].append(accuracy(out, Y, self.loss))

    def history(self, params, stopping, stopped_epoch):
        """All that was written down."""
        return History(
            params=params,
            **{name: np.array(curve, float) for name, curve in self.curves.items()},
            best_epoch=getattr(stopping, "best_epoch", None),
            stopped_epoch=stopped_epoch,
            diverged=self.diverged,
        )


def _problem(net, params, data, loss, validation, early_stopping, metrics):
    """What does not fit together, or None."""
    problem = (
        checks.pair("data", data, "(X, Y)")
        or fit_problem(net, params, *data, loss)
        or aim_problem(net, loss)
        or checks.some_of("metrics", metrics, METRICS)
    )
    if problem:
        return problem
    if validation is not None and (
        problem := checks.pair("validation", validation, "(X, Y)")
        or checks.matrix("X of validation", validation[0], columns=np.shape(data[0])[1])
        or checks.matrix("Y of validation", validation[1], np.shape(data[1])[1], len(validation[0]))
        or labels_problem(by_name(loss), validation[1], "Y of validation")
    ):
        return problem
    if early_stopping is not None and validation is None:
        wanted = "validation data to judge by, since early_stopping is given"
        return checks.wrong(ValueError, "validation", wanted, validation)
    if early_stopping is not None and (
        problem := checks.methods("early_stopping", early_stopping, ("update",))
    ):
        return problem
    yes_or_no = np.isin(data[1], (0, 1)).all() or by_name(loss) in CLASSIFIES
    if "accuracy" in metrics and not yes_or_no:
        wanted = "no 'accuracy' where labels are other numbers than 0 and 1"
        return checks.wrong(ValueError, "metrics", wanted, metrics)
    return None


def _clip_problem(clip):
    if clip is clip_by_norm or clip is clip_by_value:  # not called yet
        wanted = f"a function grad -> grad, such as {clip.__name__}(1.0)"
        return checks.wrong(TypeError, "clip", wanted, clip)
    return checks.function("clip", clip, "grad -> grad")
