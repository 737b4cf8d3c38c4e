"""The computation graph of a network, with every value and every gradient written on it."""

import numpy as np
from matplotlib.text import Text

from course_lib import checks, palette
from course_lib.traces import Trace

WIDE, NARROW = 1.4, 1.0
MOST_EDGES = 12  # that still leave room for the numbers beside them
SMALL = {"fontsize": 9, "ha": "center", "va": "center", "zorder": 4}
LEFT, RIGHT = {"ha": "left"}, {"ha": "right"}
BOX = {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none"}


def computation_graph(ax, trace):
    """Draw a network as a computation: forward values in blue, gradients in red.

    From left to right: the inputs, for each layer the sums ``z`` and the activations ``a``, and
    the loss. Above each node stands its value, below it the slope of the loss with respect to it.
    A small network also shows them for each weight, beside its arrow, and for each bias.

    Parameters
    ----------
    ax : Axes
    trace : Trace
        Of a single sample: ``net.trace(params, X, Y, loss)`` where ``X`` has one row.

    Returns
    -------
    artists : list

    Raises
    ------
    ValueError, TypeError
        If ``trace`` is not the trace of a single sample.
    """
    if not isinstance(trace, Trace):
        raise checks.wrong(TypeError, "trace", "what net.trace(...) returns", trace)
    if len(trace.dX) != 1:
        raise checks.wrong(ValueError, "trace", "a trace of one sample", trace.dX)
    columns = list(_columns(trace))
    tallest = max(len(values) for _, values, _, _ in columns)
    places = [_places(x, len(values)) for _, values, _, x in columns]
    artists = []
    for column, (name, values, slopes, _) in zip(places, columns, strict=True):
        for i, place in enumerate(column):
            label = f"${name}_{{{i + 1}}}$" if len(values) > 1 else f"${name}$"
            artists += _node(ax, place, label, values[i], slopes[i])
    few = sum(layer.W.size for layer in trace.layers[1:]) <= MOST_EDGES
    for k, layer in enumerate(trace.layers[1:]):
        artists += _layer(ax, layer, *places[2 * k : 2 * k + 3], few)
    artists += [_arrow(ax, place, places[-1][0]) for place in places[-2]]
    ax.set(xlim=(-0.5, columns[-1][3] + 0.5), ylim=(-tallest / 2 - 0.15, tallest / 2 + 0.15))
    ax.axis("off")
    artists += [
        ax.text(0, -tallest / 2 - 0.1, "value, forward →", color=palette.BLUE, **SMALL | LEFT),
        ax.text(1.5, -tallest / 2 - 0.1, "← slope of the loss", color=palette.RED, **SMALL | LEFT),
    ]
    if few:  # and so there is room for what can be read on a phone
        for text in filter(lambda artist: isinstance(artist, Text), artists):
            text.set_fontsize(text.get_fontsize() + 2)
    return artists


def _columns(trace):
    """Name, values, slopes and position of each column of nodes."""
    yield "x", trace.layers[0].a[0], trace.dX[0], 0.0
    for k, layer in enumerate(trace.layers[1:], start=1):
        x = k * (WIDE + NARROW)  # wide where weights are written
        yield f"z^{{({k})}}", layer.z[0], layer.dz[0], x - NARROW
        yield f"a^{{({k})}}", layer.a[0], layer.da[0], x
    yield "L", [trace.loss], [1.0], x + NARROW


def _places(x, n):
    return [(x, (n - 1) / 2 - i) for i in range(n)]


def _node(ax, place, label, value, slope):
    x, y = place
    disc = ax.plot(x, y, "o", ms=27, mfc="white", mec=palette.INK, mew=1.2, zorder=3)
    return [
        *disc,
        ax.text(x, y, label, **SMALL | {"fontsize": 11}),
        ax.text(x, y + 0.3, _short(value), color=palette.BLUE, bbox=BOX, **SMALL),
        ax.text(x, y - 0.3, _short(slope), color=palette.RED, bbox=BOX, **SMALL),
    ]


def _layer(ax, layer, inputs, sums, outputs, few):
    """The arrows of a layer, from its inputs to its sums and on; where few, with their numbers."""
    artists = []
    shares = (0.6, 0.36) if len(sums) > 1 else (0.5, 0.5)  # arrows that cross keep apart
    for i, start in enumerate(inputs):
        for j, end in enumerate(sums):
            artists.append(_arrow(ax, start, end))
            if few:
                share = shares[(i + j) % 2]
                artists += _numbers(ax, start, end, share, layer.W[i, j], layer.dW[i, j])
    for j, (start, end) in enumerate(zip(sums, outputs, strict=True)):
        artists.append(_arrow(ax, start, end))
        if few:
            artists += _bias(ax, start, layer.b[j], layer.db[j])
    return artists


def _bias(ax, place, value, slope):
    x, y = place
    return [
        ax.text(x - 0.03, y + 0.47, f"$b$ {_short(value)} ", color=palette.BLUE, **SMALL | RIGHT),
        ax.text(x - 0.01, y + 0.47, _short(slope), color=palette.RED, **SMALL | LEFT),
    ]


def _arrow(ax, start, end):
    style = {"arrowstyle": "-|>", "color": palette.GREY, "lw": 1, "shrinkA": 14, "shrinkB": 14}
    return ax.annotate("", end, start, arrowprops=style)


def _numbers(ax, start, end, share, value, slope):
    """A weight and its slope, one above the other on an arrow."""
    x, y = (1 - share) * np.array(start) + share * np.array(end)
    return [
        ax.text(x, y + 0.08, _short(value), color=palette.BLUE, bbox=BOX, **SMALL),
        ax.text(x, y - 0.08, _short(slope), color=palette.RED, bbox=BOX, **SMALL),
    ]


def _short(number):
    """Three digits, with a true minus sign."""
    return f"{number:.3g}".replace("-", "−")
