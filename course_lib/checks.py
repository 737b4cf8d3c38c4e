"""Checks of arguments, all in one place.

Each check looks at one argument and returns an exception that says what was expected and what
came, or ``None`` where all is well. The public function raises it itself::

    if problem := checks.positive("lr", lr) or checks.fraction("momentum", momentum):
        raise problem

so that a learner's traceback ends in the function they called, not in here.
"""

import inspect
from numbers import Integral

import numpy as np

KIND = {"f": "floats", "i": "integers", "u": "integers", "b": "booleans"}


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
    if array.dtype.kind not in KIND:
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
    return None


def fraction(name, value):
    """A number with 0 <= value < 1, or an array of them (one per run)."""
    if problem := numeric(name, value):
        return problem
    array = np.asarray(value)
    if not ((array >= 0) & (array < 1)).all():
        return wrong(ValueError, name, "a number with 0 <= value < 1", value)
    return None


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
    """One run ``(n_params,)`` or stacked runs ``(n_runs, n_params)`` of finite numbers."""
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


def seed(name, value):
    """A whole number >= 0 or a ``numpy.random.Generator``."""
    if isinstance(value, np.random.Generator):
        return None
    if count(name, value, least=0):
        wanted = "a whole number >= 0 or a numpy.random.Generator"
        return wrong(TypeError, name, wanted, value)
    return None


def takes_step(objective):
    """Whether an objective is ``f(params, step)`` rather than ``f(params)``."""
    try:
        inspect.signature(objective).bind(None, 0)
    except (TypeError, ValueError):
        return False
    return True


def loss_and_grad(answer, shape):
    """What an objective returned: ``(loss, grad)``, the gradient shaped like ``params``."""
    name = "objective(params)"
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return wrong(TypeError, name, "a pair (loss, grad)", answer)
    loss, grad = answer
    if problem := numeric("the loss of " + name, loss) or numeric("the gradient of " + name, grad):
        return problem
    n_runs = int(np.prod(shape[:-1]))
    if np.size(loss) != n_runs:
        wanted = "one loss" if len(shape) == 1 else f"{n_runs} losses, one per run"
        return wrong(ValueError, name, wanted, np.asarray(loss))
    return same_shape("the gradient of " + name, grad, shape)


def same_shape(name, value, shape):
    """An array shaped like the parameters it belongs to."""
    if np.shape(value) != shape:
        wanted = f"shape {shape}, like params"
        if len(shape) == 1 and np.ndim(value) == 2:
            wanted += " (values per run need stacked params of shape (n_runs, n_params))"
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
