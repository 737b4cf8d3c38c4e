"""Gradient checks: never trust a derivative you have not measured.

Nudge one parameter up and down by a little, watch the loss, and you have its slope without any
calculus. It is far too slow to train with, and just right to check a gradient once.
"""

from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from course_lib import checks, nudges
from course_lib.losses import (
    CLIP,
    binary_cross_entropy,
    by_name,
    cross_entropy,
    half_rss,
    inside,
    is_known,
)
from course_lib.networks import Network, fit_problem, unmodified
from course_lib.own_parts import asked, inherits, is_own

# Below this size (times the loss, if that is large) rounding in the two losses swamps a slope.
FLOOR = 1e-3
SURE = 1e-4  # how near to 1 a probability rounds too much to measure log(1 - p) by


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The result of a gradient check; print it for a short report.

    Attributes
    ----------
    ok : bool
        Whether every entry that could be checked agrees to within ``tol``.
    max_relative_error : float
        The largest of |a - n| / max(|a|, |n|, floor) over the checked entries, with the floor
        0.001 · max(1, |loss|), below which a difference is rounding rather than a mistake.
    worst : int, tuple or str
        Where that is: an index, or in a network the name of the parameter.
    numerical, analytic : array
        Both gradients.
    kinks : list
        Entries at a kink of the loss, where no slope exists (at the bend of an ELU: where central
        differences are too coarse); nothing is judged there.
    tol : float
        The tolerance that was used.
    """

    ok: bool
    max_relative_error: float
    worst: int | tuple | str
    numerical: np.ndarray
    analytic: np.ndarray
    kinks: list
    tol: float

    def __str__(self):
        verdict = "agree" if self.ok else "DISAGREE"
        lines = [
            f"Gradients {verdict}: largest relative error {self.max_relative_error:.1e}"
            f" (tolerance {self.tol:.0e}), at {self.worst}."
        ]
        if self.kinks:
            shown = ", ".join(map(str, self.kinks[:3])) + (" ..." if len(self.kinks) > 3 else "")
            lines.append(f"kink: not checkable here: {len(self.kinks)} entries ({shown}).")
            lines.append("Move params by a small random amount and check again.")
        return "\n".join(lines)

    __repr__ = __str__


def numerical_gradient(f, params, eps=1e-5):
    r"""The gradient of ``f`` by central differences.

    .. math:: \frac{\partial f}{\partial w_i} \approx
              \frac{f(w + \epsilon e_i) - f(w - \epsilon e_i)}{2 \epsilon}

    with an error of order :math:`\epsilon^2` plus rounding of order
    :math:`10^{-16} |f| / \epsilon`.

    Parameters
    ----------
    f : callable
        ``f(params) -> loss``, one number.
    params : array of any shape
        Where to measure. It is left as it was.
    eps : float
        The nudge, > 0.

    Returns
    -------
    grad : array shaped like ``params``

    Raises
    ------
    ValueError, TypeError
        If an argument does not fit, or ``f`` does not return one number.

    Examples
    --------
    >>> numerical_gradient(lambda w: (w**2).sum(), np.array([3.0, -1.0])).round(6)
    array([ 6., -2.])
    """
    problem = (
        checks.function("f", f, "params -> loss")
        or checks.finite("params", params)
        or checks.amount("eps", eps)
    )
    if problem:
        raise problem
    params = np.array(params, dtype=float)
    grad = np.empty_like(params)
    with np.errstate(all="ignore"):
        for i in np.ndindex(params.shape):
            up, down = params.copy(), params.copy()
            up[i] += eps
            down[i] -= eps
            losses = []
            for place in (up, down):
                loss = f(place)
                if problem := checks.one_number("f(params)", loss):
                    raise problem
                losses.append(np.asarray(loss).item())  # at once: f may use its arrays again
            grad[i] = (losses[0] - losses[1]) / (2 * eps)
    return grad


def check_gradient(f_and_grad, params, tol=1e-6, eps=1e-5):
    """Compare a function's own gradient with central differences, entry by entry.

    Parameters
    ----------
    f_and_grad : callable
        ``f_and_grad(params) -> (loss, grad)``; any objective will do.
    params : array of any shape
        Where to check.
    tol : float
        Largest relative error that still counts as agreement, > 0.
    eps : float
        The nudge of the central differences, > 0.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError, TypeError
        If an argument does not fit, or ``f_and_grad`` does not return ``(loss, grad)`` with a
        gradient shaped like ``params``.

    Examples
    --------
    >>> check_gradient(lambda w: ((w**3).sum(), 3 * w**2), [1.0, 2.0]).ok
    True
    >>> check_gradient(lambda w: ((w**3).sum(), 2 * w**2), [1.0, 2.0]).ok
    False
    """
    problem = (
        checks.function("f_and_grad", f_and_grad, "params -> (loss, grad)")
        or checks.finite("params", params)
        or checks.amount("tol", tol)
        or checks.amount("eps", eps)
    )
    if problem:
        raise problem
    if not np.size(params):
        raise checks.wrong(ValueError, "params", "at least one number", params)
    params = np.array(params, dtype=float)
    ask = (lambda w: f_and_grad(w, 0)) if checks.takes_step(f_and_grad) else f_and_grad
    answer = ask(params.copy())
    if problem := checks.loss_and_grad(answer, params.shape, "f_and_grad(params)", stacked=False):
        raise problem
    value, analytic = _kept(answer)
    numerical = numerical_gradient(lambda w: ask(w)[0], params, eps)
    return _compare(analytic, [numerical], value, tol)


def check_network(net, params, X, Y, loss, tol=1e-6, eps=1e-5):
    """Check every weight and every bias of a network's backward pass.

    Both ways to a gradient are checked: ``net.loss_and_grad``, and ``net.forward``, then the
    loss, then ``net.backward``. Where a nudge of a parameter moves some unit onto, off or across
    the kink of its activation (a ReLU at 0, the bend of an ELU), the loss has no slope; such
    entries are listed as kinks and not judged. Into a network or a loss of your own nobody can
    look: there, entries that disagree are measured once more, to see whether a kink explains it.

    Where the loss clips a probability, its value is flat and its slope is not. A path that works
    on probabilities is judged without such samples. Where nothing is left, ``net.backward`` is
    judged by ``half_rss``, and a ``loss_and_grad`` on probabilities cannot be judged. Samples of
    which the network is sure and wrong are left out if all others agree, since ``1 - p`` has few
    digits there. In float32 rounding looks like a mistake: check in float64.

    Parameters
    ----------
    net : Network, or any object with its methods
    params : array of shape (n_params,)
    X, Y : arrays of shape (n_samples, n_in) and (n_samples, n_out)
    loss : str or callable
        As in ``Network.loss_and_grad``.
    tol, eps : float
        As in :func:`check_gradient`.

    Returns
    -------
    GradientCheck
        Of the path that agrees least. ``worst`` names the parameter, such as
        ``"layer 2, W[3, 0]"``; where samples were left out, the gradients are those of the others.

    Raises
    ------
    ValueError, TypeError
        If an argument does not fit.
    """
    problem = (
        checks.methods("net", net, ("forward", "backward", "loss_and_grad"))
        or checks.count("net.n_params", getattr(net, "n_params", None))
        or fit_problem(net, params, X, Y, loss)
        or checks.amount("tol", tol)
        or checks.amount("eps", eps)
    )
    if problem:
        raise problem
    params, X, Y = (np.array(array, dtype=float) for array in (params, X, Y))
    loss_function = by_name(loss)

    def in_one_call(w, X, Y):
        return net.loss_and_grad(w, X.copy(), Y.copy(), loss)

    def step_by_step(w, X, Y, loss=loss_function):
        out, caches = net.forward(w, X.copy())
        value, dout = loss(np.array(out), Y.copy())
        return value, net.backward(w, caches, dout)

    paths = (in_one_call, step_by_step)
    answers = []
    for path in paths:
        answer = path(params.copy(), X, Y)
        if problem := checks.loss_and_grad(answer, params.shape, "the network"):
            raise problem
        answers.append(_kept(answer))
    judge = partial(_judge, net, params, tol=tol, eps=eps)
    clipped, doubtful = _clipped_and_doubtful(net, params, X, Y, loss_function)
    measured = _measures(net, params, X, Y, loss_function, paths, eps)
    results = []
    for n in range(len(paths)):
        # Whoever works on logits has another loss where probabilities are clipped.
        same_loss = np.isclose(answers[n][0], answers[1][0], rtol=1e-9, atol=0)
        seen = ~(clipped & same_loss)
        if seen.any():
            known = (answers[n], *measured) if seen.all() else None
            result = judge(X[seen], Y[seen], loss_function, paths[: n + 1], known)
            sound = seen & ~doubtful
            if not result.ok and sound.any() and (sound != seen).any():
                again = judge(X[sound], Y[sound], loss_function, paths[: n + 1])
                result = again if again.ok else result
            results.append(result)
        elif paths[n] is step_by_step:  # backward has to be right for every loss
            results.append(judge(X, Y, half_rss, [partial(step_by_step, loss=half_rss)]))
    return max(results, key=lambda result: (not result.ok, result.max_relative_error))


def _kept(answer):
    """Loss and gradient, kept from whatever their function does with its arrays later."""
    return np.asarray(answer[0]).item(), np.array(answer[1], dtype=float)


def _judge(net, params, X, Y, loss, paths, known=None, *, tol, eps):
    """Judge the last of some paths, by the slopes of one after the other until they agree.

    What is known already: its answer, the kinks, and the slopes.
    """
    answer, kinks, slopes = known or (
        _kept(paths[-1](params.copy(), X, Y)),
        *_measures(net, params, X, Y, loss, paths, eps),
    )
    value, analytic = answer
    measured = []
    for n in range(len(paths)):
        measured.append(slopes(n))
        result = _compare(analytic, measured, value, tol, kinks, net)
        if result.ok:
            return result
    as_here = isinstance(net, Network) and inherits(net, ("forward",), Network)
    if not (as_here and is_known(loss) and not any(map(is_own, net.layers))):
        bent = _bent(lambda w: paths[-1](w, X, Y)[0], params, result, value, eps)
        result = _compare(analytic, measured, value, tol, sorted({*kinks, *bent}), net)
    return result


def _clipped_and_doubtful(net, params, X, Y, loss):
    """Samples where a loss on probabilities can't be measured, and others where it may be hard.

    Where it clips a probability that is not what it should be, it is flat and its slope is not,
    by design. Where a network is sure and wrong, ``1 - p`` has few digits, and a loss of the
    learner's own may clip earlier.
    """
    p = np.asarray(net.predict(params.copy(), X.copy()), dtype=float)
    if loss not in (binary_cross_entropy, cross_entropy) or p.shape != Y.shape:
        return np.zeros((2, len(X)), bool)
    clipped = (inside(p) != p) & (np.abs(p - Y) > CLIP)
    if loss is cross_entropy:
        clipped &= Y > 0
    return clipped.any(axis=1), (np.abs(p - Y) > 1 - SURE).any(axis=1)


def _measures(net, params, X, Y, loss, paths, eps):
    """The entries at a kink; and a function that measures the slopes by the n-th path, once."""
    fast = unmodified(net) and is_known(loss)
    if fast:
        first, kinks = nudges.measure(net, params, X, Y, loss, eps)
    else:
        kinks = _kinks(net, params, X, eps) if isinstance(net, Network) else []

    @cache
    def slopes(n):
        if not fast:
            return numerical_gradient(lambda w: paths[n](w, X, Y)[0], params, eps)
        return nudges.measure(net, params, X, Y, loss, eps, joined=False)[0] if n else first

    return kinks, slopes


def _relative_error(a, n, value):
    """Entry by entry, with a floor for the rounding of a loss of this value."""
    floor = FLOOR * max(1.0, abs(value))
    return np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), floor)


def _compare(analytic, measured, value, tol, kinks=(), net=None):
    """Judge a gradient entry by entry, kinks left out.

    There may be several measurements. Where a network is so sure that its probabilities round
    to 1, the loss on logits can still be measured and the loss on probabilities cannot; an entry
    is right if it agrees with one of them.
    """
    analytic = np.asarray(analytic, dtype=float)
    error, numerical = np.full(analytic.shape, np.inf), measured[0]
    for n in measured:
        one = _relative_error(analytic, n, value)
        closer = one < error  # which NaN never is
        error, numerical = np.where(closer, one, error), np.where(closer, n, numerical)
    error.reshape(-1)[list(kinks)] = 0.0
    place = np.unravel_index(error.argmax(), error.shape)
    place = tuple(map(int, place))
    name = getattr(net, "parameter_name", lambda i: i)
    worst = name(place[0]) if len(place) == 1 else place
    return GradientCheck(
        ok=bool(error[place] <= tol),
        max_relative_error=float(error[place]),
        worst=worst,
        numerical=numerical,
        analytic=analytic,
        kinks=[name(i) for i in kinks],
        tol=tol,
    )


def _bent(f, params, result, value, eps):
    """Entries that disagree, where a kink of ``f`` explains what is between its two gradients.

    The difference between the slopes to the right and to the left over a length ``h`` is
    ``h f''`` where ``f`` is smooth, so it halves with ``h``. At a kink it does not, and it may
    only grow with ``h``, as the kink comes into sight; rounding alone makes it shrink.
    """

    def bend(i, h):
        values = []
        for move in (h, 0.0, -h):
            moved = params.copy()
            moved[i] += move
            values.append(np.asarray(f(moved)).item())
        return (values[0] - 2 * values[1] + values[2]) / h

    bent, gaps = [], np.abs(result.analytic - result.numerical)
    errors = _relative_error(result.analytic, result.numerical, value)
    for i in np.flatnonzero(errors > result.tol):
        whole, half, quarter = (bend(i, eps / n) for n in (1, 2, 4))
        jump = max(abs(whole - 2 * half), abs(half - 2 * quarter))
        near, nearer, slack = half * np.sign(whole), quarter * np.sign(whole), abs(whole) / 2
        grows = -slack <= nearer <= near + slack and near <= abs(whole) + slack
        if grows and gaps[i] <= 2 * jump:
            bent.append(int(i))
    return bent


def _kinks(net, params, X, eps):
    """Entries whose nudge moves some unit onto, off or across its activation's kink."""

    def sides(w):
        z, signs = X, [np.empty(0)]
        for layer, place in zip(net.layers, net._places, strict=True):
            if getattr(layer, "kink", False):
                signs.append(np.sign(z).ravel())
            z, _ = asked(layer).forward(w[place], z)
        return np.concatenate(signs)

    before, kinks = sides(params), []
    for i in range(params.size):
        for nudge in (eps, -eps) if before.size else ():
            moved = params.copy()
            moved[i] += nudge
            if (sides(moved) != before).any():
                kinks.append(i)
                break
    return kinks
