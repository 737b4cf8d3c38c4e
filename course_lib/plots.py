"""Plots: how the course draws what the library computes.

Every function takes an ``ax``, draws one thing on it and returns the artists, so that figures are
put together from small pieces. ``figure`` makes the axes, ``show`` puts the finished figure into
the notebook together with a sentence for those who cannot see it.
"""

import io

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from course_lib import checks, palette
from course_lib.landscapes import Landscape

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
        or checks.positive("height", height)
    )
    if problem:
        raise problem
    with matplotlib.rc_context(STYLE):
        fig = Figure(figsize=(7.2, height * rows), layout="constrained")
        return fig, fig.subplots(rows, columns, **keywords)


def show(fig, alt):
    """Show a figure in the notebook, with a text that says what is to be seen.

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
    from IPython.display import display

    picture = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        fig.savefig(picture, format="png", dpi=144, metadata={"Software": None})
    alt = " ".join(alt.split())
    bundle = {"image/png": picture.getvalue(), "text/plain": alt}
    display(bundle, raw=True, metadata={"image/png": {"alt": alt}})


def landscape(ax, place):
    """Draw a landscape: the curve of one weight, or the contour lines of two.

    Minima are marked by a diamond, and on a curve named if there are several.
    """
    if problem := _landscape_problem(place):
        raise problem
    return _curve(ax, place) if place.n_params == 1 else _contours(ax, place)


def path(ax, place, history, label=None, color=palette.BLUE):
    """Draw where a run went: dots on the curve, or a line over the contours.

    Steps that leave the picture are cut off at its edge; the first one is a hollow circle.
    """
    if problem := _landscape_problem(place):
        raise problem
    params = history.params
    with np.errstate(all="ignore"):
        points = params if place.n_params == 2 else np.stack([params[:, 0], place(params)[0]], -1)
    x, y = np.clip(points, -1e6, 1e6).T
    line = ax.plot(x, y, "-o", color=color, markersize=4, linewidth=1, zorder=3, label=label)
    start = ax.plot(x[0], y[0], "o", mfc="white", mec=color, markersize=9, mew=2, zorder=4)
    return [*line, *start]


def loss(ax, history, label=None, color=palette.BLUE, log=True):
    """Draw the loss before each step, with the label at the end of the line."""
    values = np.clip(history.loss, 1e-18, None) if log else history.loss
    lines = ax.plot(values, color=color)
    if log:
        ax.set_yscale("log")
    ax.set(xlabel="step", ylabel="loss")
    if label:
        end = (len(values) - 1, values[-1])
        ax.annotate(f" {label}", end, color=color, va="center", annotation_clip=False)
    return lines


def mark(ax, text, xy, color=palette.INK, dx=0, dy=14):
    """Write a few words beside a point, ``dx`` and ``dy`` typographic points away."""
    halo = [withStroke(linewidth=3, foreground="white")]
    return ax.annotate(
        text,
        xy,
        (dx, dy),
        textcoords="offset points",
        color=color,
        ha="center",
        zorder=5,
        path_effects=halo,
    )


def _curve(ax, place):
    low, high = place.bounds[0]
    w = np.linspace(low, high, 601)
    losses = place(w[:, None])[0]
    artists = ax.plot(w, losses, color=palette.GREY, linewidth=1.5, zorder=1)
    for i, minimum in enumerate(place.minima):
        bottom = place(minimum)[0]
        artists += ax.plot(*minimum, bottom, "D", color=palette.GREEN, markersize=6, zorder=2)
        if len(place.minima) > 1:
            name = "local minimum" if i else "global minimum"
            artists.append(mark(ax, name, (minimum[0], bottom), palette.GREEN, dy=-16))
    room = 0.12 * np.ptp(losses)
    ax.set(xlim=(low, high), ylim=(losses.min() - room, losses.max() + room / 2))
    ax.set(xlabel="weight w", ylabel=f"loss  {place.formula}")
    return artists


def _contours(ax, place):
    (left, right), (bottom, top) = place.bounds
    x, y = np.meshgrid(np.linspace(left, right, 201), np.linspace(bottom, top, 201))
    losses = place(np.stack([x, y], axis=-1))[0]
    floor = place(place.minima[0])[0] if len(place.minima) else losses.min()
    levels = floor + np.ptp(losses) * np.linspace(0, 1, 13)[1:-1] ** 2
    shades = [(1 - 0.025 * i,) * 3 for i in range(len(levels) + 1)]  # the lower, the lighter
    artists = [ax.contourf(x, y, losses, levels, colors=shades, extend="both")]
    lines = {"colors": palette.GREY, "linewidths": 0.6, "linestyles": "solid"}
    artists += [ax.contour(x, y, losses, levels, **lines)]
    for minimum in place.minima:
        artists += ax.plot(*minimum, "D", color=palette.GREEN, markersize=6, zorder=2)
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="weight x", ylabel="weight y")
    return artists


def _landscape_problem(place):
    if not isinstance(place, Landscape) or place.n_params > 2:
        return checks.wrong(TypeError, "place", "a landscape, such as x_squared", place)
    return None
