"""What the tests in the exercises are written with.

A test is a function whose one parameter is named like the function it tests::

    @graded_test
    def test_step(numerical_gradient):
        got = numerical_gradient(cube, np.array(2.0), eps=0.5)
        expect("the slope of theta**3 at 2 with eps=0.5", got, 12.25)

The decorator runs it at once, on the learner's function. A failed test raises :class:`Wrong`,
which shows its message and no traceback. Warnings and prints of the learner's code cost nothing.

Tests and learners share a notebook, but not their names. A test sees ``np``, the builtins and
the functions of this module as they are, whatever the learner calls so (``from numpy import *``
calls NumPy's ``sum`` so). What a test cell defines begins with ``_grading_`` or ``_reference_``,
and it imports inside its functions, so that it covers nothing of the learner's. A class goes
inside a test, too: the methods of one outside would see the learner's names.
"""

import builtins
import contextlib
import functools
import math
import re
import sys
import textwrap
import types
import warnings

import numpy as np

from course_lib import (
    batches,
    clipping,
    fitting,
    gradients,
    lr_finder,
    networks,
    optimizers,
    stopping,
    training,
)
from course_lib.error_causes import cause, described

WIDTH = 88  # of a message
CHECKS = (gradients.numerical_gradient, gradients.check_gradient, gradients.check_network)
LOOPS = (training.minimize, fitting.train)
NET = networks.Network
LIBRARY_VERSIONS = {
    **dict.fromkeys(("numerical_gradient", "relative_error", "find_bugs"), CHECKS),
    **dict.fromkeys(("lr_sweep", "suggest_lr"), (lr_finder.find_learning_rate,)),
    "run_sweep": (lr_finder.find_learning_rate, *LOOPS),
    **dict.fromkeys(("momentum_step", "nesterov_step"), (optimizers.SGD.step, *LOOPS)),
    "steps_to_converge": (optimizers.SGD.step, *LOOPS),
    "minibatches": (batches.iterate_minibatches, batches.batches_of_epoch),
    "run_experiment": LOOPS,
    "clip_by_value": (clipping.clip_by_value,),
    "clip_by_norm": (clipping.clip_by_norm,),
    "layer_gradient_norms": (),
    "choose_scheme": (networks.Network.init_params,),
    "EarlyStopping": (stopping.EarlyStopping.__init__, stopping.EarlyStopping.update),
    "forward": (NET.forward, NET.predict, NET.loss_and_grad, NET.trace),
    "backward": (NET.backward, NET.loss_and_grad, NET.trace, *CHECKS),
    "init_params": (NET.init_params,),
    "train": (NET.forward, NET.backward, NET.loss_and_grad, NET.trace, *LOOPS),
    "predict": (NET.forward, NET.predict),
    "iterate": (NET.forward, NET.predict, NET.backward, NET.loss_and_grad, NET.trace, *LOOPS),
}


class Wrong(AssertionError):
    """A test that failed. Jupyter shows the message alone, in red, in lines that fit."""

    def __init__(self, message):
        lines = []
        for line in message.splitlines():
            indent = " " * 11 if line.startswith("  ") else ""
            lines.append(textwrap.fill(line, WIDTH, subsequent_indent=indent))
        super().__init__("\n".join(lines))

    def _render_traceback_(self):
        return [f"\x1b[31m{line}\x1b[0m" for line in str(self).splitlines()]


def graded_test(test=None, *, given=None, shapes=""):
    """Run a test now, on the learner's function that its parameter names.

    Parameters
    ----------
    test : function
        Takes the learner's function, and the learner's names if it has a second parameter; raises
        :class:`Wrong` where the function is wrong.
    given : dict, optional
        Names that the learner's code finds changed while the test runs. Earlier parts are given
        this way, so that a mistake in one part does not cost the next.
    shapes : str
        What to say of the shapes if they do not fit somewhere.

    Raises
    ------
    Wrong
        If the test fails, if the learner's function stops with an error or calls the library's
        own version, or if the tools that the tests rely on were replaced.
    """
    if test is None:
        return functools.partial(graded_test, given=given, shapes=shapes)
    name, names = test.__code__.co_varnames[0], test.__globals__
    test, given = _apart(test, given or {}, names)
    extra = (names,) if test.__code__.co_argcount > 1 else ()
    before = {key: names[key] for key in given if key in names}
    names.update(given)
    try:
        _check_tools(name)
        with _calm(), _own_work(name, test):
            test(_learners(name, names, shapes), *extra)
        _check_tools(name)
    except Wrong:
        raise
    except BaseException as error:  # of a method, or where a test meets what it did not expect
        raise _stopped(name, error, names, shapes) from None
    finally:
        for key in given:
            del names[key]
        names.update(before)
    print(f"{name}: this test passes.")


def expect(what, got, want, mistakes=(), hint="", tol=1e-7):
    """Raise :class:`Wrong` unless ``got`` is ``want``, by value and shape.

    Parameters
    ----------
    what : str
        What was computed, in words.
    got, want : number, array or nested list, or None
    mistakes : sequence of (value, str)
        Values that likely mistakes give, and what to say then.
    hint : str
        What to say where no other cause is known.
    tol : float
        Largest difference, relative to the larger of 1e-3 and ``want``'s largest entry.
    """
    if _same(got, want, tol):
        return
    known = [text for value, text in mistakes if _same(got, value, tol)]
    if known:
        hint = known[0]
    elif got is None:
        hint = hint or "Is there a return statement?"
    elif _shape(got) != _shape(want):
        misfit = f"The shape should be {_shape(want)}, but it is {_shape(got)}."
        hint = f"{misfit} {hint}" if hint else misfit
    elif (places := _differences(got, want, tol)) and np.size(want) > 12:
        index = [int(i) for i in np.unravel_index(places[0], np.shape(want))]
        what, got, want = f"{what}, entry {index}", np.array(got)[*index], np.array(want)[*index]
    raise _wrong(what, _show(want), _show(got), hint)


def expect_names(what, got, want, hints):
    """Raise :class:`Wrong` unless ``got`` holds the names in ``want`` and no others.

    Parameters
    ----------
    what : str
        What was asked for, in words.
    got : set, or any other collection of names
    want : set of str
    hints : dict of str to str
        For each name what to say where it is missing, or should not be there.
    """
    try:
        names = set(got)
    except TypeError:
        hint = "Is there a return statement?" if got is None else ""
        raise _wrong(what, "a set of names", _show(got), hint) from None
    if isinstance(got, str):
        raise _wrong(what, "a set of names", repr(got), "This is one string, not several.")
    if isinstance(got, dict) and names != want:
        hint = "A dict holds every key, whatever its value is: return the names alone."
        raise _wrong(what, _names(want), _show(got), hint)
    for name in [*sorted(want - names), *sorted(names - want, key=str)]:
        hint = hints.get(name, f"{name!r} is not one of the names.")
        raise _wrong(what, _names(want), _names(names), hint)


def expect_error(what, call, wanted, hint=""):
    """Raise :class:`Wrong` unless ``call()``, of the learner's function, raises ``wanted``.

    Parameters
    ----------
    what : str
        What the learner's function was given, in words.
    call : function
        Takes nothing.
    wanted : type
        Of exception; one that is derived from it is as good.
    hint : str
        What to say where nothing, or something else, is raised.
    """
    try:
        got = call()
    except Wrong as stopped:
        if not hasattr(stopped, "error"):
            raise
        if not isinstance(stopped.error, wanted):
            raise _wrong(what, wanted.__name__, _describe(stopped.error), hint) from None
    else:
        raise _wrong(what, f"a {wanted.__name__}", f"no error, but {_show(got)}", hint)


def with_either(check, given, own):
    """Run a check on what is given or, where it fails, on what the learner's earlier part makes.

    So a part is right whatever form the learner's parts hand each other, and a mistake in an
    earlier part costs nothing here.

    Parameters
    ----------
    check : function
        Takes either; raises where something is wrong.
    given
        What the reference's earlier part makes.
    own : function
        Takes nothing; returns what the learner's own makes, or None where that is wrong.
    """
    try:
        return check(given)
    except Exception:
        try:
            made = own()
        except Exception:
            made = None
        if made is None:
            raise
    check(made)


def _wrong(what, want, got, hint=""):
    want, got = (text if len(text) < 250 else f"{text[:200]} ..." for text in (want, got))
    return Wrong(f"{what}:\n  expected {want}\n  got      {got}\n{hint}")


def _names(names):
    return f"{{{', '.join(sorted(map(repr, names)))}}}" if names else "the empty set"


def _apart(test, given, names):
    """Copies of a test and of what is given that see the tests' names before the learner's."""
    own = {key: value for key, value in names.items() if key not in vars(builtins) or key[0] == "_"}
    own |= {key: _TOOLS[_OWN][key] for key in _FOR_TESTS} | {"np": np}

    def copy(value):
        if not isinstance(value, types.FunctionType) or value.__globals__ is not names:
            return value
        rest = value.__name__, value.__defaults__, value.__closure__
        new = types.FunctionType(value.__code__, own, *rest)
        new.__kwdefaults__ = value.__kwdefaults__
        return new

    mine = ("_grading_", "_reference_")
    own.update({key: copy(value) for key, value in names.items() if key.startswith(mine)})
    return copy(test), {key: copy(value) for key, value in given.items()}


def _learners(name, names, shapes=""):
    if not callable(names.get(name)):
        raise Wrong(f"{name} is not defined yet: run the cell that defines it first.")

    def call(*args, **kwargs):
        try:
            return names[name](*args, **kwargs)
        except Wrong:
            raise
        except BaseException as error:
            raise _stopped(name, error, names, shapes) from None

    return call


def _stopped(name, error, names, shapes):
    """What to raise where the learner's code, or a test of it, stops with an error."""
    if isinstance(error, NotImplementedError):
        return Wrong(f"{name} is not written yet.")
    what = _describe(error).rstrip(".") + _line(error.__traceback__, names)
    # By NumPy, not by the learner, who may have a variable called rows.
    misfit = re.match("ValueError.*(rows|broadcast|dimensions)", described(error))
    wrong = Wrong(f"{name} stopped with {what}.\n{cause(error)} {shapes if misfit else ''}".strip())
    wrong.error = error
    return wrong


def _describe(error):
    if isinstance(error, KeyboardInterrupt):
        return "an interruption (it took too long?)"
    return described(error)


def _line(traceback, names):
    """Where in the learner's own code an error happened."""
    lines = []
    while traceback:
        frame = traceback.tb_frame
        if frame.f_globals is names:
            lines.append(f", in line {traceback.tb_lineno} of the cell ({frame.f_code.co_name})")
        traceback = traceback.tb_next
    return lines[-1] if lines else ""


@contextlib.contextmanager
def _calm():
    """No warnings, and prints on stdout: nbgrader gives 0 to a cell with anything on stderr."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stderr(sys.stdout),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _own_work(name, test):
    """Notice calls of the library's own version, whatever name it goes by; the test may call it."""
    versions = {function.__code__: function.__qualname__ for function in LIBRARY_VERSIONS[name]}
    called = set()

    def watch(frame, event, _):
        if event == "call" and frame.f_code in versions:
            if frame.f_back.f_code is not test.__code__:
                called.add(versions[frame.f_code])

    watched_before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(watched_before)
        if called:
            raise Wrong(
                f"{name} calls course_lib.{min(called)}, the library's own version. "
                "Here the point is to write it yourself, so this scores 0."
            )


# Comparisons, in plain Python.


def _same(got, want, tol):
    if got is None or want is None:
        return got is want
    return _shape(got) == _shape(want) and _differences(got, want, tol) == []


def _differences(got, want, tol):
    """The places where they differ, for two of one shape; None if they are no numbers."""
    try:
        got, want = (_floats(values).ravel().tolist() for values in (got, want))
    except (TypeError, ValueError):
        return None
    room = tol * max([1e-3, *(abs(w) for w in want if math.isfinite(w))])
    pairs = enumerate(zip(got, want, strict=True))
    return [i for i, (g, w) in pairs if not (g == w or g != g and w != w or abs(g - w) <= room)]


def _floats(values):
    array = np.asarray(values)
    if array.dtype.kind not in "biufO":
        raise TypeError("not a number")
    return np.array([float(value) for value in array.ravel().tolist()]).reshape(array.shape)


def _shape(values):
    try:
        return np.shape(values)
    except ValueError:
        return "ragged"


def _show(values):
    if isinstance(values, str | None | set | frozenset | dict):
        return repr(values)
    try:
        if np.asarray(values).dtype.kind in "biu":
            return str(np.asarray(values).tolist())
        rounded = [float(f"{value:.10g}") for value in _floats(values).ravel().tolist()]
        return str(np.reshape(rounded, np.shape(values)).tolist())
    except (TypeError, ValueError):
        return f"a {type(values).__name__}"


# Tampering: what the tests rely on must be what it was when this module was imported.


def _functions(module):
    # Not methods: for every cell Jupyter puts a new one in the place of input().
    return {
        name: value
        for name, value in module.__dict__.items()
        if callable(value) and not isinstance(value, types.MethodType) and name[0] != "_"
    }


def _module_of(value):
    return getattr(value, "__module__", None)


def _shell_hooks():
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        return {}
    printers = shell.display_formatter.formatters["text/plain"].type_printers
    reader = shell.input_transformer_manager
    return {
        "an AST transformer": list(shell.ast_transformers),
        "an input transformer": list(shell.input_transformers_post),
        "how IPython reads cells": (
            list(reader.cleanup_transforms),
            list(reader.line_transforms),
            list(reader.token_transformers),
        ),
        "a custom exception handler": shell.custom_exceptions,
        "how IPython shows errors": (shell.showtraceback, shell._showtraceback),
        "how IPython runs cells": (shell.run_cell, shell.run_cell_async, shell.run_ast_nodes),
        "how numbers are shown": (printers.get(float), printers.get(int)),
    }


def _check_tools(name):
    changed = [
        f"{module.__name__}.{tool}"
        for module, tools in _TOOLS.items()
        for tool, value in tools.items()
        # What a notebook defines was in place before this module looked.
        if module.__dict__.get(tool) is not value or _module_of(value) == "__main__"
    ]
    hooks = _shell_hooks()
    changed += [hook for hook, value in _HOOKS.items() if hooks[hook] != value]
    with contextlib.suppress(Wrong):
        expect("canary", [1.0, 2.0], [1.0, 2.5])
        changed.append("the comparison of numbers")
    if changed:
        raise Wrong(
            f"{name}: {changed[0]} was replaced, and the tests rely on it. This scores 0; "
            "take the replacement out and run everything again."
        )


_OWN = sys.modules[__name__]
_TOOLS = {module: _functions(module) for module in (builtins, np, np.linalg)}
_TOOLS[_OWN] = {name: value for name, value in _OWN.__dict__.items() if callable(value)}
_FOR_TESTS = ("Wrong", "expect", "expect_names", "expect_error", "with_either")
_HOOKS = _shell_hooks()
_HOOKS |= {key: [] for key in ("an AST transformer", "an input transformer") if key in _HOOKS}
