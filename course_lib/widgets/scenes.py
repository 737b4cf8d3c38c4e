"""Scenes: what an explorer shows, described in plain data.

A scene names controls and panels; a panel has two axes and layers. The ``x``, ``y`` and
``values`` of a layer are numbers, or the name of a setting or a table; its ``labels`` may quote
them as sentences do, ``"{steps}"``, and so may a table's name, ``"{optimizer}_loss"``.
``js/layers.js`` draws a scene in the browser and ``pictures.py`` the same scene for print, so a
new explorer needs neither.
"""

import math

import numpy as np

from course_lib.widgets import grids
from course_lib.widgets.tables import Code
from course_lib.widgets.words import MINUS, number

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def slider(name, label, values, **extra):
    """A slider over ``values``.

    ``marks`` names a table of places to mark beside it, ``plays=10`` adds buttons that move it
    ten positions a second. ``without`` names a setting and the values with which the slider has
    nothing to do, and rests; with ``hidden=True`` in it, the slider is put away.
    """
    return {"kind": "slider", "name": name, "label": label, "values": list(values), **extra}


def choice(name, label, options):
    """A menu; ``options`` maps each value to the words shown."""
    return {"kind": "choice", "name": name, "label": label, "options": options}


def panel(title, x, y, layers, **extra):
    """One picture.

    ``knob`` names the settings its handle moves, ``{"x": ..., "y": ...}``; ``bare=True`` leaves
    out the axes. ``height`` and ``margin`` count pixels. A picture with ``from_width`` or
    ``below_width`` is there only while the explorer is so wide; print shows the wide ones.
    """
    return {"title": title, "x": x, "y": y, "layers": layers, **extra}


def path_on_map(landscape, title="The path on the map"):
    """A map of a two-weight landscape with the tables ``x`` and ``y`` as a path on it."""
    x, y = (
        axis(f"weight {name}", *widened(bounds, 0.02))
        for name, bounds in zip("xy", landscape.bounds, strict=True)
    )
    minima = marks(landscape.minima, "diamond", "minimum")
    walk = {"kind": "path", "color": "path", "x": "x", "y": "y", "ends": ["start", "end"]}
    legend = "; \N{BLACK DIAMOND} is the minimum" if len(landscape.minima) else ""
    return panel(title + legend, x, y, [hills(landscape), minima, walk])


def marks(places, shape, color, **extra):
    """Symbols at places, an array of shape (n, 2); ``size=0.6`` draws them smaller.

    What nothing moves is drawn behind all that moves; ``front=True`` leaves a layer in its place.
    """
    x, y = np.reshape(places, (-1, 2)).T.tolist()
    return {"kind": "marks", "x": x, "y": y, "shape": shape, "color": color, **extra}


def axis(label, low, high):
    """An even axis with round ticks."""
    step, decimals = grids.round_step((high - low) / 4)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = [round(k * step, decimals) + 0.0 for k in range(first, last + 1)]
    return {
        "label": label,
        "low": float(low),
        "high": float(high),
        "log": False,
        "ticks": ticks,
        "tick_labels": [number(tick) for tick in ticks],
    }


def log_axis(label, low_power, high_power, every=2):
    """A logarithmic axis from ``10**low_power`` to ``10**high_power``."""
    powers = range(math.ceil(low_power / every) * every, math.floor(high_power) + 1, every)
    return {
        "label": label,
        "low": 10.0**low_power,
        "high": 10.0**high_power,
        "log": True,
        "ticks": [10.0**power for power in powers],
        "tick_labels": ["1" if not p else "10" + str(p).translate(SUPERSCRIPT) for p in powers],
    }


def curve(landscape, n_points=401):
    """A one-weight landscape as a line."""
    w = np.linspace(*widened(landscape.bounds[0], 0.05), n_points)
    loss, _ = landscape(w[:, None])
    return {"kind": "line", "x": _short(w), "y": _short(loss), "color": "curve"}


def hills(landscape, n_levels=14, n_points=81):
    """A two-weight landscape as shaded contours: the lower, the lighter."""
    from contourpy import FillType, contour_generator  # comes with matplotlib; not needed in 1-D

    x, y = (np.linspace(*widened(bounds, 0.02), n_points) for bounds in landscape.bounds)
    loss, _ = landscape(np.stack(np.meshgrid(x, y), axis=-1))
    low, high = loss.min(), loss.max()
    # Closer levels where a landscape is mostly flat: half the levels lie below its median.
    power = np.clip(np.log2((high - low) / (np.median(loss) - low)), 1, 5)
    levels = low + (high - low) * (np.arange(1, n_levels) / n_levels) ** power
    drawn = contour_generator(x, y, loss, fill_type=FillType.ChunkCombinedOffset)
    regions = [_region(*drawn.filled(level, high + 1)) for level in levels]
    return {"kind": "regions", "regions": regions, "color": "hill"}


def widened(bounds, part):
    """A range with some room on either side."""
    low, high = bounds
    return low - part * (high - low), high + part * (high - low)


def formula(landscape):
    """A landscape's formula, set with true minus signs."""
    return landscape.formula.replace("-", MINUS)


def _region(points, offsets):
    """All outlines of one filled level, and where each begins."""
    points, offsets = points[0], offsets[0]
    return {"x": _short(points[:, 0]), "y": _short(points[:, 1]), "starts": offsets.tolist()}


def _short(values):
    """Numbers for the eye, in few characters."""
    return [float(f"{value:.5g}") for value in values]


def loss_axis(landscape):
    """A logarithmic loss axis that suits a landscape, and the floor to subtract.

    A run that ends in the global minimum should go down for ever: so what is drawn is the loss
    above that minimum, which also is what a logarithm needs. Without a minimum, the axis is even.
    """
    sides = [np.linspace(*bounds, 41) for bounds in landscape.bounds]
    loss, _ = landscape(np.stack(np.meshgrid(*sides), axis=-1))
    if not len(landscape.minima):
        return axis("loss", loss.min(), loss.max()), 0.0
    floor = float(landscape(landscape.minima[0])[0])
    label = "loss" if floor == 0 else "loss above the global minimum"
    return log_axis(label, -6, math.ceil(math.log10(loss.max() - floor)) + 1), floor


def loss_code(axes, drawn):
    """How a table of losses is packed for such an axis."""
    return Code(axes, 1e-12, 1e12, log=True) if drawn["log"] else Code(axes, *reach(drawn))


def reach(axis):
    """How far tables follow a run beyond an axis, so that it is seen to leave."""
    room = 10 * (axis["high"] - axis["low"])
    return axis["low"] - room, axis["high"] + room
