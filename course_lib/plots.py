"""Plots: how the course draws what the library computes.

Every function takes an ``ax``, draws one thing on it and returns the artists, so that figures are
put together from small pieces. ``figure`` makes the axes, ``show`` puts the finished figure into
the notebook together with a sentence for those who cannot see it.
"""

import io

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from course_lib import checks, palette
from course_lib.graphs import computation_graph
from course_lib.history import History
from course_lib.landscape_plots import grid, landscape, mark, path, surface
from course_lib.lr_finder import LRFinder

__all__ = [
    "computation_graph",
    "decision_boundary",
    "figure",
    "landscape",
    "learning_curves",
    "loss",
    "lr_finder",
    "mark",
    "path",
    "show",
    "surface",
]

STYLE = {
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.edgecolor": palette.GREY,
    "axes.labelcolor": palette.INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": matplotlib.cycler(color=palette.SERIES),
    "xtick.color": palette.GREY,
    "ytick.color": palette.GREY,
    "lines.linewidth": 1.8,
    "figure.facecolor": "white",
}


def figure(columns=1, rows=1, height=3.4, **keywords):
    """A figure of the course's width and style.

    Parameters
    ----------
    columns, rows : int
        How many panels.
    height : float
        Height of each row in inches; the width is 7.2 for all columns together.
    **keywords
        Handed to ``Figure.subplots``, such as ``sharey=True``.

    Returns
    -------
    fig : matplotlib.figure.Figure
    axes : one Axes, or an array of them

    Raises
    ------
    ValueError, TypeError
        If a number is out of its range.

    Examples
    --------
    >>> fig, (left, right) = figure(columns=2)
    """
    problem = (
        checks.count("columns", columns)
        or checks.count("rows", rows)
        or checks.amount("height", height)
    )
    if problem:
        raise problem
    with matplotlib.rc_context(STYLE):
        fig = Figure(figsize=(7.2, height * rows), layout="constrained")
        return fig, fig.subplots(rows, columns, **keywords)


def show(fig, alt):
    """Show a figure in the notebook, with a text that says what is to be seen.

    A script that runs outside a notebook prints the text instead.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    alt : str
        One or two sentences for a reader who cannot see the picture.

    Raises
    ------
    ValueError, TypeError
        If ``fig`` is not a figure, or ``alt`` says nothing.
    """
    if not isinstance(fig, Figure):
        raise checks.wrong(TypeError, "fig", "a matplotlib figure", fig)
    if not isinstance(alt, str) or len(alt.split()) < 4:
        raise checks.wrong(ValueError, "alt", "a sentence that says what is to be seen", alt)
    from IPython import get_ipython
    from IPython.display import display

    alt = " ".join(alt.split())
    if get_ipython() is None:  # a plain script: no place for a picture
        print(alt)
        return
    picture = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        fig.savefig(picture, format="png", dpi=144, metadata={"Software": None})
    bundle = {"image/png": picture.getvalue(), "text/plain": alt}
    display(bundle, raw=True, metadata={"image/png": {"alt": alt}})


def loss(ax, history, label=None, color=palette.BLUE, log=True):
    """Draw the loss before each step, with the label at the end of the line.

    Parameters
    ----------
    ax : Axes
    history : History
        Of ``minimize``; stacked runs have a line each.
    label, color : str
        Of the line.
    log : bool
        Whether the loss is drawn on a log scale.

    Returns
    -------
    artists : list

    Raises
    ------
    TypeError
        If ``history`` does not come from ``minimize``.
    """
    if not isinstance(history, History) or not hasattr(history, "loss"):
        raise checks.wrong(TypeError, "history", "what minimize(...) returns", history)
    values = np.clip(history.loss, 1e-18, None) if log else history.loss
    lines = ax.plot(values, color=color)
    if log:
        ax.set_yscale("log")
    ax.set(xlabel="step", ylabel="loss")
    if label:
        end = (len(values) - 1, values[-1])
        ax.annotate(f" {label}", end, color=color, va="center", annotation_clip=False)
    return lines


def learning_curves(ax, history, log=False):
    """Draw training and validation loss by epoch, and mark the best epoch if there is one.

    Parameters
    ----------
    ax : Axes
    history : History
        Of ``train``.
    log : bool
        Whether the loss is drawn on a log scale.

    Returns
    -------
    artists : list

    Raises
    ------
    TypeError
        If ``history`` does not come from ``train``.
    """
    if not isinstance(history, History) or not hasattr(history, "train_loss"):
        raise checks.wrong(TypeError, "history", "what train(...) returns", history)
    epochs = np.arange(len(history.train_loss))
    marker = "o" if len(epochs) == 1 else None
    lines = ax.plot(epochs, history.train_loss, marker=marker, color=palette.BLUE, label="training")
    if hasattr(history, "val_loss"):
        style = {"color": palette.ORANGE, "linestyle": "--", "marker": marker}
        lines += ax.plot(epochs, history.val_loss, **style, label="validation")
    if history.best_epoch is not None:
        label = f"best epoch, {history.best_epoch}"
        lines.append(ax.axvline(history.best_epoch, color=palette.GREY, ls=":", label=label))
    ax.set(xlabel="epoch", ylabel="loss", yscale="log" if log else "linear")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.legend(frameon=False)
    return lines


def lr_finder(ax, finder):
    """Draw loss against learning rate, and mark the rate that the finder suggests.

    What rises far above the first loss is cut off.

    Parameters
    ----------
    ax : Axes
    finder : LRFinder

    Returns
    -------
    artists : list

    Raises
    ------
    TypeError
        If ``finder`` does not come from ``find_learning_rate``.
    """
    if not isinstance(finder, LRFinder):
        wanted = "what find_learning_rate(...) returns"
        raise checks.wrong(TypeError, "finder", wanted, finder)
    lrs, smoothed = finder.lrs, finder.smoothed
    lines = ax.plot(lrs, finder.losses, ".", color=palette.SKY, ms=4, label="loss of each batch")
    lines += ax.plot(lrs, smoothed, color=palette.BLUE, label="smoothed")
    if finder.suggestion is not None:
        label = f"suggestion, {finder.suggestion:.2g}"
        lines.append(ax.axvline(finder.suggestion, color=palette.ORANGE, ls="--", label=label))
    seen = finder.losses[np.isfinite(finder.losses)]
    low, first = (seen.min(), smoothed[0]) if seen.size else (0.0, 1.0)
    room = 0.2 * max(first - low, 0.05 * abs(first), 1e-12)
    ax.set(xlabel="learning rate", ylabel="loss", xscale="log", ylim=(low - room, first + 3 * room))
    ax.legend(frameon=False)
    return lines


def decision_boundary(ax, net, params, X, Y, threshold=0.5):
    """Draw what a network answers everywhere in the plane of its two inputs, and the data.

    Parameters
    ----------
    ax : Axes
    net : Network, or any object with ``predict``
        With two inputs.
    params : array of shape (n_params,)
    X : array of shape (n_samples, 2)
    Y : array of shape (n_samples, n_classes) or (n_samples, 1)
        Each class has a colour and a marker of its own.
    threshold : float
        With one output: above it the answer is class 1. For logits, 0.

    Returns
    -------
    artists : list

    Raises
    ------
    ValueError, TypeError
        If an argument does not fit.
    """
    problem = (
        checks.methods("net", net, ("predict",))
        or checks.one_run("params", params, getattr(net, "n_params", None))
        or checks.matrix("X", X, columns=2)
        or checks.matrix("Y", Y, getattr(net, "sizes", [None])[-1], rows=len(X))
        or checks.one_number("threshold", threshold)
    )
    if problem:
        raise problem
    X, Y = np.asarray(X), np.asarray(Y)
    margin = 0.1 * np.ptp(X, axis=0) + 1e-9
    bounds = np.stack([X.min(axis=0) - margin, X.max(axis=0) + margin], axis=1)
    x, y = grid(bounds, 201)
    out = np.asarray(net.predict(np.array(params), np.stack([x.ravel(), y.ravel()], axis=-1)))
    if out.shape != (shape := (x.size, Y.shape[1])):
        wanted = f"shape {shape}, with the columns of Y"
        raise checks.wrong(ValueError, "net.predict(params, X)", wanted, out)
    answers, classes = (_class_of(part, threshold) for part in (out, Y))
    colors = (*palette.SERIES, palette.INK, palette.GREY, palette.RED, "white")
    n = max(2, Y.shape[1])
    regions = answers.reshape(x.shape)
    levels = np.arange(n + 1) - 0.5
    artists = [ax.contourf(x, y, regions, levels, colors=colors[:n], alpha=0.22)]
    for k in range(n):
        style = {"mec": "white", "mew": 0.6, "ms": 6, "label": f"class {k}"}
        artists += ax.plot(*X[classes == k].T, "os^Dv<>pPX"[k], color=colors[k], **style)
    ax.set(xlim=bounds[0], ylim=bounds[1], xlabel="input x1", ylabel="input x2")
    above = {"loc": "lower left", "bbox_to_anchor": (-0.03, 1), "ncols": min(n, 5)}
    ax.legend(frameon=False, handletextpad=0.1, columnspacing=0.8, **above)
    return artists


def _class_of(out, threshold):
    if out.shape[1] == 1:
        return (out[:, 0] > threshold).astype(int)
    return out.argmax(axis=1)
