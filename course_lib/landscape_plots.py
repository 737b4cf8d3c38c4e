"""Plots of landscapes: curves, contour lines and surfaces, and the paths of runs over them."""

import numpy as np
from matplotlib.patheffects import withStroke

from course_lib import checks, palette
from course_lib.history import History
from course_lib.landscapes import Landscape


def landscape(ax, place):
    """Draw a landscape: the curve of one weight, or the contour lines of two.

    Minima are marked by a diamond, and on a curve named if there are several.

    Parameters
    ----------
    ax : Axes
    place : Landscape

    Returns
    -------
    artists : list

    Raises
    ------
    TypeError
        If ``place`` is no landscape of one or two weights.
    """
    if problem := _landscape_problem(place):
        raise problem
    return _curve(ax, place) if place.n_params == 1 else _contours(ax, place)


def path(ax, place, history, label=None, color=palette.BLUE):
    """Draw where a run went: dots on the curve, or a line over the contours.

    Steps that leave the picture are cut off at its edge; the first one is a hollow circle.

    Parameters
    ----------
    ax : Axes
    place : Landscape
    history : History
        Of ``minimize``, for one run on this landscape.
    label, color : str
        Of the line.

    Returns
    -------
    artists : list

    Raises
    ------
    ValueError, TypeError
        If ``place`` is no landscape, or ``history`` not one run on it.
    """
    if problem := _landscape_problem(place):
        raise problem
    if not isinstance(history, History):
        raise checks.wrong(TypeError, "history", "what minimize(...) returns", history)
    params = history.params
    if params.ndim != 2 or params.shape[1] != place.n_params or not len(params):
        wanted = f"a history of one run, its params of shape (n_kept, {place.n_params})"
        raise checks.wrong(ValueError, "history", wanted, params)
    with np.errstate(all="ignore"):
        points = params if place.n_params == 2 else np.stack([params[:, 0], place(params)[0]], -1)
    x, y = np.clip(points, -1e6, 1e6).T
    line = ax.plot(x, y, "-o", color=color, markersize=4, linewidth=1, zorder=3, label=label)
    start = ax.plot(x[0], y[0], "o", mfc="white", mec=color, markersize=9, mew=2, zorder=4)
    return [*line, *start]


def surface(ax, place):
    """Draw a landscape of two weights in three dimensions, minima marked by a diamond.

    Parameters
    ----------
    ax : Axes3D
        ``figure(subplot_kw={"projection": "3d"})`` makes one.
    place : Landscape

    Returns
    -------
    artists : list

    Raises
    ------
    ValueError, TypeError
        If ``ax`` has no three dimensions, or ``place`` not two weights.
    """
    if problem := _landscape_problem(place):
        raise problem
    if not hasattr(ax, "plot_surface"):
        wanted = 'axes in three dimensions: figure(subplot_kw={"projection": "3d"})'
        raise checks.wrong(TypeError, "ax", wanted, ax)
    if place.n_params != 2:
        raise checks.wrong(ValueError, "place", "a landscape of two weights", place)
    x, y = grid(place.bounds, 121)
    losses = place(np.stack([x, y], axis=-1))[0]
    style = {"cmap": "viridis", "rstride": 2, "cstride": 2, "linewidth": 0, "antialiased": True}
    artists = [ax.plot_surface(x, y, losses, alpha=0.85, **style)]
    for minimum in place.minima:
        bottom = place(minimum)[0]
        artists += ax.plot(*minimum, bottom, "D", color=palette.ORANGE, markersize=7, zorder=10)
    ax.computed_zorder = False  # so that a minimum is seen through the slope before it
    artists.append(ax.text2D(0.02, 0.92, "height: loss", transform=ax.transAxes))
    ax.set(xlabel="weight x", ylabel="weight y")
    ax.view_init(elev=42, azim=-58)
    ax.xaxis.labelpad = ax.yaxis.labelpad = 6
    ax.set_box_aspect(None, zoom=0.8)
    return artists


def mark(ax, text, xy, color=palette.INK, dx=0, dy=14):
    """Write a few words beside the point ``xy``, ``dx`` and ``dy`` typographic points away."""
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
    x, y = grid(place.bounds, 201)
    losses = place(np.stack([x, y], axis=-1))[0]
    floor = place(place.minima[0])[0] if len(place.minima) else losses.min()
    levels = floor + np.ptp(losses) * np.linspace(0, 1, 13)[1:-1] ** 2
    shades = [(1 - 0.025 * i,) * 3 for i in range(len(levels) + 1)]  # the lower, the lighter
    artists = [ax.contourf(x, y, losses, levels, colors=shades, extend="both")]
    lines = {"colors": palette.GREY, "linewidths": 0.6, "linestyles": "solid"}
    artists += [ax.contour(x, y, losses, levels, **lines)]
    for minimum in place.minima:
        artists += ax.plot(*minimum, "D", color=palette.GREEN, markersize=6, zorder=2)
    ax.set(xlim=place.bounds[0], ylim=place.bounds[1], xlabel="weight x", ylabel="weight y")
    return artists


def grid(bounds, n):
    """``n`` by ``n`` places within the bounds: their two coordinates."""
    (left, right), (bottom, top) = bounds
    return np.meshgrid(np.linspace(left, right, n), np.linspace(bottom, top, n))


def _landscape_problem(place):
    if not isinstance(place, Landscape) or place.n_params > 2:
        return checks.wrong(TypeError, "place", "a landscape, such as x_squared", place)
    return None
