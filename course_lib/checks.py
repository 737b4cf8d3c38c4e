"""Checks of arguments, all in one place.

Each check looks at one argument and returns an exception that says what was expected and what
came, or ``None`` where all is well. The public function raises it itself::

    if problem := checks.positive("lr", lr) or checks.fraction("momentum", momentum):
        raise problem

so that a learner's traceback ends in the function they called, not in here. ``float_type``,
``floats`` and ``plain`` check nothing: they make an array or a number of what has passed.
"""

import inspect
import math
from numbers import Integral

import numpy as np

RATES = ("lr", "momentum", "beta", "beta1", "beta2", "eps")
KINDS = "fiub"  # floats, whole numbers, unsigned ones, True and False


def describe(value):
    """What came, in a few words: ``-0.1``, ``'fast'`` or ``an array of shape (3, 2)``."""
    if isinstance(value, np.ndarray) and value.ndim > 0:
        return f"an array of shape {value.shape}"
    text = repr(value.item() if isinstance(value, (np.ndarray, np.generic)) else value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def wrong(kind, name, expected, value):
    """The one sentence every message follows."""
    return kind(f"{name}: expected {expected}, got {describe(value)}")


def numeric(name, value):
    """A number or an array of real numbers."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return wrong(ValueError, name, "numbers in rows of equal length", value)
    if array.dtype.kind not in KINDS:
        return wrong(TypeError, name, "numbers", value)
    return None


def finite(name, value):
    """Numbers without NaN or infinity."""
    if problem := numeric(name, value):
        return problem
    if not np.isfinite(value).all():
        return wrong(ValueError, name, "finite numbers (no NaN, no infinity)", value)
    return None


def positive(name, value):
    """A number > 0, or an array of them (one per run)."""
    if problem := numeric(name, value):
        return problem
    if not (np.isfinite(value) & (np.asarray(value) > 0)).all():
        return wrong(ValueError, name, "a finite number > 0", value)
    return per_run(name, value)


def fraction(name, value):
    """A number with 0 <= value < 1, or an array of them (one per run)."""
    if problem := numeric(name, value):
        return problem
    array = np.asarray(value)
    if not ((array >= 0) & (array < 1)).all():
        return wrong(ValueError, name, "a number with 0 <= value < 1", value)
    return per_run(name, value)


def per_run(name, value):
    """One number, or one for each run in a column, so that it meets ``params`` row by row."""
    if np.ndim(value) and (np.shape(value)[1:] != (1,) or not np.size(value)):
        wanted = "one number, or an array of shape (n_runs, 1)"
        return wrong(ValueError, name, wanted, np.asarray(value))
    return None


def rate(name, value):
    """A learning rate, one per run, or a schedule ``step -> lr``."""
    if not callable(value):
        return positive(name, value)
    where = getattr(value, "__module__", None), getattr(value, "__qualname__", ".")
    maker = where[0] == "course_lib.schedules" and "." not in where[1]  # not called yet
    maker = maker and not hasattr(value, "__wrapped__")  # functools.wraps copies names
    if maker or isinstance(value, type):
        wanted = "a number > 0 or a schedule step -> lr, such as cosine_annealing(0.1, total=100)"
        return wrong(TypeError, name, wanted, value)
    return None


def step(name, value):
    """A step counted from 0, or an array of them."""
    if isinstance(value, int):  # nearly always, and this is asked at every step
        fits = 0 <= value < 1e300  # beyond, a whole number may be too large for a float
    elif problem := numeric(name, value):
        return problem
    else:
        fits = (np.isfinite(value) & (np.asarray(value) >= 0)).all()
    return (
        None if fits else wrong(ValueError, name, "a finite step >= 0, or an array of them", value)
    )


def count(name, value, least=1, most=None):
    """A whole number within its limits."""
    wanted = f"a whole number >= {least}" + ("" if most is None else f" and <= {most}")
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        return wrong(TypeError, name, wanted, value)
    if value < least or (most is not None and value > most):
        return wrong(ValueError, name, wanted, value)
    return None


def flag(name, value):
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        return wrong(TypeError, name, "True or False", value)
    return None


def one_of(name, value, choices):
    """A known name."""
    if not isinstance(value, str) or value not in choices:
        kind = ValueError if isinstance(value, str) else TypeError
        return wrong(kind, name, f"one of {', '.join(sorted(choices))}", value)
    return None


def function(name, value, signature):
    """Something that can be called."""
    if not callable(value):
        return wrong(TypeError, name, f"a function {signature}", value)
    return None


def methods(name, value, names):
    """An object that offers these methods."""
    missing = [method for method in names if not callable(getattr(value, method, None))]
    if isinstance(value, type):  # SGD instead of SGD(0.1)
        return wrong(TypeError, name, f"an object, such as {value.__name__}(...)", value)
    if missing:
        return wrong(TypeError, name, f"an object with the methods {', '.join(names)}", value)
    return None


def vector(name, value, size=None):
    """One run ``(n_params,)`` or stacked runs ``(n_runs, n_params)``."""
    if problem := numeric(name, value):
        return problem
    shape = np.shape(value)
    last = "n_params" if size is None else size
    if not shape:
        return wrong(ValueError, name, f"an array of shape ({last},), not one number", value)
    if len(shape) > 2 or 0 in shape or (size is not None and shape[-1] != size):
        return wrong(ValueError, name, f"shape ({last},) or (n_runs, {last})", np.asarray(value))
    return None


def matrix(name, value, columns=None, rows=None):
    """A finite 2-D array, one sample per row."""
    if problem := numeric(name, value):
        return problem
    shape = np.shape(value)
    wanted = f"({'n_samples' if rows is None else rows}, {'n' if columns is None else columns})"
    if len(shape) != 2 or 0 in shape:
        return wrong(ValueError, name, f"a 2-D array of shape {wanted}", np.asarray(value))
    if (columns is not None and shape[1] != columns) or (rows is not None and shape[0] != rows):
        return wrong(ValueError, name, f"shape {wanted}", np.asarray(value))
    return finite(name, value)


def curve(name, value, size=None):
    """A series of numbers, one per epoch; NaN and infinity are allowed."""
    if problem := numeric(name, value):
        return problem
    wanted = f"({'n_epochs' if size is None else size},)"
    if np.ndim(value) != 1 or not np.size(value) or size not in (None, len(value)):
        return wrong(ValueError, name, f"an array of shape {wanted}", np.asarray(value))
    return None


def seed(name, value):
    """A whole number >= 0 or a ``numpy.random.Generator``."""
    if isinstance(value, np.random.Generator):
        return None
    if problem := count(name, value, least=0):
        wanted = "a whole number >= 0 or a numpy.random.Generator"
        return wrong(type(problem), name, wanted, value)
    return None


def takes_step(objective):
    """Whether an objective is ``f(params, step)`` rather than ``f(params)``.

    A second parameter that has a default and another name, as in ``lambda w, k=3: ...``, is the
    caller's own.
    """
    try:
        signature = inspect.signature(objective)
        signature.bind(None, 0)
    except (TypeError, ValueError):
        return False
    second = list(signature.parameters.values())[1:2]
    return not second or second[0].name == "step" or second[0].default is inspect.Parameter.empty


def loss_and_grad(answer, shape, name="objective(params)", stacked=True):
    """What an objective returned: ``(loss, grad)``, the gradient shaped like ``params``."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return wrong(TypeError, name, "a pair (loss, grad)", answer)
    loss, grad = answer
    if problem := numeric("the loss of " + name, loss) or numeric("the gradient of " + name, grad):
        return problem
    n_runs = math.prod(shape[:-1]) if stacked else 1
    if np.size(loss) != n_runs:
        wanted = "one loss" if n_runs == 1 else f"{n_runs} losses, one per run"
        return wrong(ValueError, name, wanted, np.asarray(loss))
    return same_shape("the gradient of " + name, grad, shape)


def loss_answer(answer, out):
    """What a loss function returned: ``(value, slope)``, the slope shaped like ``out``."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return wrong(TypeError, "loss(out, Y)", "a pair (value, slope)", answer)
    value, slope = answer
    if problem := numeric("the value of loss(out, Y)", value):
        return problem
    if np.size(value) != (n_runs := math.prod(out.shape[:-2])):
        wanted = "one number" if n_runs == 1 else f"{n_runs} numbers, one per run"
        return wrong(ValueError, "the value of loss(out, Y)", wanted, np.asarray(value))
    if problem := numeric("the slope of loss(out, Y)", slope):
        return problem
    if np.shape(slope) != out.shape:
        wanted = f"shape {out.shape}, like out"
        return wrong(ValueError, "the slope of loss(out, Y)", wanted, np.asarray(slope))
    return None


def step_answer(answer, shape, name="optimizer.step(...)"):
    """What an optimizer's step returned: ``(params, state)``."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return wrong(TypeError, name, "a pair (params, state)", answer)
    return same_shape(name, answer[0], shape)


def update(optimizer, params, grad, state):
    """What an optimizer's step takes: all shaped like ``params``, and rates that meet them."""
    if problem := numeric("params", params) or numeric("grad", grad):
        return problem
    if not hasattr(state, "_asdict"):
        return wrong(TypeError, "state", "what optimizer.init(params) returned", state)
    shape = np.shape(params)
    for name, value in {"grad": grad, **state._asdict()}.items():
        if name != "step" and np.shape(value) != shape:
            wanted = f"shape {shape}, like params"
            return wrong(ValueError, f"{name} of optimizer.step(...)", wanted, np.asarray(value))
    rates = {"lr": optimizer.schedule(state.step), **vars(optimizer)}
    problems = (meets(name, rates[name], shape) for name in RATES if name in rates)
    return next(filter(None, problems), None)


def meets(name, rate, shape):
    """One number, or one for each run of ``params`` of this shape."""
    if isinstance(rate, float):  # nearly always, and this is asked at every step
        return None
    name = f"{name} of optimizer.step(...)"
    if problem := numeric(name, rate):
        return problem
    column = np.ndim(rate) and not per_run(name, rate)
    if np.ndim(rate) == 0 or (column and len(shape) > 1 and len(rate) in (1, shape[-2])):
        return None
    wanted = "one number, or one for each run of stacked params, such as [[0.1], [0.2]]"
    return wrong(ValueError, name, f"{wanted}, for params of shape {shape}", np.asarray(rate))


def pair(name, value, wanted):
    """Two things that belong together."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return wrong(TypeError, name, f"a pair {wanted}", value)
    return None


def same_shape(name, value, shape):
    """An array shaped like the parameters it belongs to."""
    if problem := numeric(name, value):
        return problem
    if np.shape(value) != shape:
        wanted = f"shape {shape}, like params"
        if "step" in name:
            wanted += " (a rate for each run is written lr=[[0.1], [0.2]], with stacked params)"
        return wrong(ValueError, name, wanted, np.asarray(value))
    return None


def steps(name, value, n_steps):
    """True, False, or a list of steps between 0 and ``n_steps``."""
    if isinstance(value, (bool, np.bool_)):
        return None
    if problem := numeric(name, value):
        return problem
    array = np.asarray(value)
    whole = array.ndim == 1 and array.size and array.dtype.kind in "iu"
    if not whole or array.min() < 0 or array.max() > n_steps:
        wanted = f"True, False, or a list of steps from 0 to {n_steps}"
        return wrong(ValueError, name, wanted, value)
    return None


def float_type(*values):
    """float32 where every value is float32, float64 otherwise."""
    kinds = {np.asarray(value).dtype for value in values}
    return np.float32 if kinds == {np.dtype(np.float32)} else np.float64


def floats(values):
    """An array of float32 if the values are, of float64 otherwise."""
    array = np.asarray(values)
    return array if array.dtype in (np.float64, np.float32) else array.astype(float)


def plain(rate):
    """One rate as a plain number, which leaves float32 parameters float32; many as an array."""
    rate = np.array(rate)
    return float(rate) if rate.ndim == 0 else rate


def predictions(out, Y):
    """What a loss compares: ``Y`` 2-D, ``out`` of that shape, perhaps with runs stacked before."""
    if problem := matrix("Y", Y) or numeric("out", out):
        return problem
    if np.shape(out)[-2:] != np.shape(Y) or np.ndim(out) > 3:
        return wrong(ValueError, "out", f"shape {np.shape(Y)}, like Y", np.asarray(out))
    return None


def probabilities(name, value, rows=False):
    """Labels between 0 and 1; with ``rows``, each row sums to 1."""
    array = np.asarray(value)
    if not ((array >= 0) & (array <= 1)).all():
        worst = array[~((array >= 0) & (array <= 1))][0]
        return wrong(ValueError, name, "labels between 0 and 1 for this loss", worst)
    if rows and not np.allclose(array.sum(axis=-1), 1, atol=1e-6):
        worst = array[np.argmax(np.abs(array.sum(axis=-1) - 1))].tolist()
        return wrong(ValueError, name, "rows that sum to 1 (one-hot labels) for this loss", worst)
    return None


def _in_a_row(value):
    return isinstance(value, (list, tuple, range)) or (
        isinstance(value, np.ndarray) and value.ndim == 1
    )


def sizes(name, value):
    """Two or more layer widths."""
    if not _in_a_row(value) or len(value) < 2:
        return wrong(ValueError, name, "two or more layer sizes, such as [2, 4, 1]", value)
    problems = (count(f"{name}[{i}]", size) for i, size in enumerate(value))
    return next(filter(None, problems), None)


def names(name, value, choices, n):
    """``n`` known names."""
    if not _in_a_row(value) or len(value) != n:
        return wrong(ValueError, name, f"a list of {n} names, one per layer of weights", value)
    problems = (one_of(f"{name}[{i}]", item, choices) for i, item in enumerate(value))
    return next(filter(None, problems), None)


def some_of(name, value, choices):
    """Any number of known names."""
    if not _in_a_row(value) and not isinstance(value, (set, frozenset)):
        return wrong(TypeError, name, f"a list of names among {', '.join(choices)}", value)
    problems = (one_of(f"{name}[{i}]", item, choices) for i, item in enumerate(value))
    return next(filter(None, problems), None)


def layers(name, value, dense, activation):
    """Layers of which each fits the one before."""
    if not value or not isinstance(value[0], dense):
        return wrong(ValueError, name, "a Dense layer first", value[0] if value else None)
    width = value[0].n_in
    for i, layer in enumerate(value):
        if not isinstance(layer, (dense, activation)):
            return wrong(TypeError, f"layer {i}", "a layer, such as Dense(2, 4) or Tanh()", layer)
        if isinstance(layer, dense) and layer.n_in != width:
            return wrong(ValueError, f"layer {i}", f"{width} inputs", layer)
        width = getattr(layer, "n_out", width)
    return None


def scale(name, value, scheme):
    """The scale that the schemes normal and uniform need, and no other takes."""
    needed = scheme in ("normal", "uniform")
    if needed != (value is not None):
        wanted = "a number > 0" if needed else "None"
        return wrong(ValueError, name, f"{wanted} for scheme {scheme!r}", value)
    return amount(name, value) if needed else None


def float_dtype(name, value):
    """float32 or float64."""
    kinds = (np.float32, np.float64, "float32", "float64", float)
    if isinstance(value, np.ndarray) or value not in kinds:
        return wrong(ValueError, name, "float32 or float64", value)
    return None


def weights(weights, biases, sizes):
    """A ``W`` and a ``b`` of the right shape for each layer of weights."""
    n = len(sizes) - 1
    for name, value in (("weights", weights), ("biases", biases)):
        if not isinstance(value, (list, tuple)) or len(value) != n:
            return wrong(ValueError, name, f"a list of {n} arrays, input side first", value)
    for i in range(n):
        problem = numeric(f"weights[{i}]", weights[i]) or numeric(f"biases[{i}]", biases[i])
        if problem:
            return problem
        W, b, shape = np.asarray(weights[i]), np.asarray(biases[i]), (sizes[i], sizes[i + 1])
        if W.shape[-2:] != shape or W.ndim not in (2, 3):
            return wrong(ValueError, f"weights[{i}]", f"shape {shape}", W)
        if b.shape != (*W.shape[:-2], shape[1]):
            return wrong(ValueError, f"biases[{i}]", f"shape ({shape[1]},)", b)
        if W.shape[:-2] != (runs := np.shape(weights[0])[:-2]):
            wanted = f"as many runs as weights[0], shape {(*runs, *shape)}"
            return wrong(ValueError, f"weights[{i}]", wanted, W)
    return None


def loss(name, value, choices):
    """The name of a loss, or a function to be used as one."""
    if not callable(value) and not isinstance(value, str):
        return wrong(TypeError, name, "the name of a loss or a function loss(out, Y)", value)
    return None if callable(value) else one_of(name, value, choices)


def way_back(caches, dout, n_layers, n_out, runs, widths):
    """What ``forward`` gave for these params, and a slope for each output.

    ``widths`` says how many columns each cache has; None for one of a learner's own.
    """
    if not isinstance(caches, (list, tuple)) or len(caches) != n_layers:
        return wrong(ValueError, "caches", f"the {n_layers} caches that forward returned", caches)
    if problem := numeric("dout", dout):
        return problem
    if np.ndim(dout) < 2:
        return wrong(ValueError, "dout", "a row for each sample, like the output", np.asarray(dout))
    rows = (() if widths[0] is None else np.shape(caches[0])[-2:-1]) or np.shape(dout)[-2:-1]
    if np.shape(dout)[-2:] != (*rows, n_out) or np.shape(dout)[:-2] not in ((), runs):
        wanted = f"shape {(*runs, *rows, n_out)}, like the output"
        return wrong(ValueError, "dout", wanted, np.asarray(dout))
    for i, width in enumerate(widths):
        if width is None:
            continue
        for part in caches[i] if isinstance(caches[i], tuple) else (caches[i],):
            shape = np.shape(part)
            if shape[-2:] != (*rows, width) or shape[:-2] not in ((), runs):
                wanted = "what forward returned for params of this shape"
                return wrong(ValueError, f"caches[{i}]", wanted, part)
    return None


def scalar(name, value):
    """A number, not an array of any shape."""
    if problem := numeric(name, value):
        return problem
    return wrong(ValueError, name, "one number", np.asarray(value)) if np.ndim(value) else None


def one_number(name, value):
    """A single number; it may stand in an array."""
    if problem := numeric(name, value):
        return problem
    if np.size(value) != 1:
        return wrong(ValueError, name, "one number", np.asarray(value))
    return None


def amount(name, value):
    """A single finite number > 0."""
    return scalar(name, value) or positive(name, value)


def one_run(name, value, size):
    """The parameters of one network, ``(n_params,)``."""
    if problem := vector(name, value, size):
        return problem
    if np.ndim(value) != 1:
        last = "n_params" if size is None else size
        return wrong(ValueError, name, f"shape ({last},), one network", np.asarray(value))
    return finite(name, value)


def between(name, value, low, high, open_low=False, open_high=False):
    """One number within limits; the open ones are left out."""
    left, right = "<" if open_low else "<=", "<" if open_high else "<="
    wanted = f"a number with {low} {left} value {right} {high}"
    if problem := scalar(name, value):
        return problem
    above = low < value if open_low else low <= value
    below = value < high if open_high else value <= high
    return None if above and below else wrong(ValueError, name, wanted, value)
