"""Pictures: a scene drawn for print, kind by kind as ``js/layers.js`` draws it on the screen.

GitHub, a PDF and a notebook that has not run yet show this picture in place of the explorer.
"""

import io
import re
import textwrap
from pathlib import Path

import matplotlib
import matplotlib.patheffects
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, ScaledTranslation

from course_lib.widgets import tables
from course_lib.widgets.words import fill

CSS = (Path(__file__).parent / "style.css").read_text("utf-8")
# The first colour of each name is the light theme's.
COLORS = dict(reversed(re.findall(r"--lfe-(\w+): (#\w{6})", CSS)))
PIXEL = 0.72  # points of print for a pixel of the screen
LINE = 19  # pixels, of a caption
CARD = 66, 54  # pixels, as in js/graphs.js
SHAPES = {"diamond": "D", "disc": "o", "square": "s", "ring": "o", "triangle": "^"}
STYLE = {
    "axes.edgecolor": COLORS["axis"],
    "axes.labelcolor": COLORS["text"],
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "font.size": 9.5,
    "path.simplify": False,
    "text.color": COLORS["text"],
    "xtick.color": COLORS["text"],
    "ytick.color": COLORS["text"],
}


def png(scene, frame, plane, status):
    """The scene at one position of its sliders, as the bytes of a PNG."""
    with matplotlib.rc_context(STYLE):
        panels = [panel for panel in scene["panels"] if "below_width" not in panel]
        caption = textwrap.fill(status, 95)
        figure = sheet(panels, caption.count("\n") + 1)
        for ax, panel in zip(
            figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True
        ):
            draw(ax, panel, frame, plane)
        bottom, top = 0.07 / figure.get_figheight(), 1 - 0.07 / figure.get_figheight()
        figure.text(0.01, top, scene["title"], va="top", fontsize=11, fontweight="bold")
        figure.text(0.01, bottom, caption, fontsize=10)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=144, metadata={"Software": None})
    return file.getvalue()


def sheet(panels, n_lines):
    """A figure with room for panels and caption; 100 pixels of a screen are an inch of it."""
    height, margin = panels[0].get("height"), panels[0].get("margin")
    if margin is None:
        width, height, gap = 720, 224, 0.27 if len(panels) < 3 else 0.38
        sides, above, below = {"left": 0.09, "right": 0.985, "wspace": gap}, 49, 58
    else:
        width, sides = max(720, panels[0].get("from_width", 0)), {"left": 0.01, "right": 0.99}
        above, below = 55, 36
    below += LINE * n_lines
    whole = above + height + below
    figure = Figure(figsize=(width / 100, whole / 100), facecolor=COLORS["paper"])
    figure.subplots_adjust(bottom=below / whole, top=1 - above / whole, **sides)
    return figure


def draw(ax, panel, frame, plane):
    """One panel: its axes, and its layers from the back to the front."""
    for way in "xy":
        axis = panel[way]
        getattr(ax, f"set_{way}scale")("log" if axis["log"] else "linear")
        getattr(ax, f"set_{way}lim")(axis["low"], axis["high"])
        getattr(ax, f"set_{way}ticks")(axis["ticks"], axis["tick_labels"])
        getattr(ax, f"set_{way}ticks")([], minor=True)
        getattr(ax, f"set_{way}label")(axis["label"])
    ax.set_title(panel["title"])
    if panel.get("bare"):
        ax.axis("off")
    for order, layer in enumerate(panel["layers"], start=1):
        fields = {k: v for k, v in layer.items() if k not in ("kind", "table", "front")}
        for name in {"x", "y", "values"} & fields.keys():
            if isinstance(fields[name], str):
                fields[name] = frame[fill(fields[name], frame)]
        if "labels" in fields:
            fields["labels"] = [fill(text, frame) for text in fields["labels"]]
        if "table" in layer:
            fields |= whole_table(plane, layer["table"])
        if "color" in fields:
            fields["color"] = COLORS[fields["color"]]
        LAYERS[layer["kind"]](ax, zorder=order, **fields)


def whole_table(plane, name):
    """A table of the plane: spanned by one slider, its columns; by two, cells."""
    table = plane["tables"][name]
    x, *more = (plane["axes"][axis] for axis in table["axes"])
    if not more:
        return {"x": x, "columns": tables.unpack(table)}
    return {"x": x, "y": more[0], "values": tables.unpack(table).T}


def line(ax, x, y, color, zorder, width=1.8, dash=False):
    ax.plot(x, y, color=color, linewidth=0.8 * width, dashes=(5, 4) if dash else (), zorder=zorder)


def regions(ax, regions, color, zorder):
    for region in regions:
        points = np.column_stack([region["x"], region["y"]])
        codes = np.full(len(points), Outline.LINETO)
        codes[region["starts"][:-1]] = Outline.MOVETO
        outline = Outline(points, codes)
        ax.add_artist(PathPatch(outline, color=color, alpha=0.035, linewidth=0, zorder=zorder))
        ax.add_artist(PathPatch(outline, color=color, alpha=0.4, linewidth=0.6, fill=False))


def mesh(ax, x, y, values, colors, zorder, alpha=0.6):
    shades = LinearSegmentedColormap.from_list("", [COLORS[name] for name in colors])
    cells = np.reshape(values, (len(y), len(x)))
    ax.pcolormesh(x, y, cells, cmap=shades, vmin=0, vmax=1, alpha=alpha, zorder=zorder, lw=0)


def surface(ax, x, y, values, quads, colors, zorder):
    shades = LinearSegmentedColormap.from_list("", [COLORS[name] for name in colors])
    corners = np.stack([x, y], axis=-1)[np.array(quads)]
    faces = shades(np.asarray(values)[np.array(quads)].mean(axis=1))
    edges = {"edgecolor": COLORS["axis"], "linewidth": 0.3}
    ax.add_collection(PolyCollection(corners, facecolor=faces, zorder=zorder, **edges))


def path(ax, x, y, color, zorder, ends=()):
    x, y = np.asarray(x, float), np.asarray(y, float)
    gone = np.isnan(x) | np.isnan(y)
    n = int(gone.argmax()) if gone.any() else len(x)
    ax.plot(x[:n], y[:n], color=color, linewidth=1, alpha=0.75, zorder=zorder)
    sizes = np.maximum(1.8, 4.2 - 0.12 * np.arange(1, n))
    ax.scatter(x[1:n], y[1:n], s=2 * sizes**2, color=color, linewidth=0, zorder=zorder)
    symbol(ax, "ring", x[0], y[0], color, zorder)
    if ends:
        label(ax, ends[0], x[0], y[0], color)
        if n > 1 and within(ax, x[n - 1], y[n - 1]):
            symbol(ax, "square", x[n - 1], y[n - 1], color, zorder)
            if distance(ax, x[[0, n - 1]], y[[0, n - 1]]) > 0.12:
                label(ax, ends[1], x[n - 1], y[n - 1], color)


def marks(ax, x, y, shape, color, zorder, labels=(), sides=(), size=1):
    x, y = np.atleast_1d(x), np.atleast_1d(y)
    symbol(ax, shape, x, y, color, zorder, size)
    for text, *place, side in zip(labels, x, y, sides, strict=False):
        label(ax, text, *place, color, side)


def dots(ax, x, y, color, zorder, alpha=0.5):
    x = np.broadcast_to(x, np.shape(y))
    ax.scatter(x, y, s=20, color=color, alpha=alpha, linewidth=0, zorder=zorder)


def rule(ax, x, color, zorder, labels=(), dash=True):
    places = np.atleast_1d(x)
    for place in places:
        line(ax, [place, place], ax.get_ylim(), color, zorder, dash=dash)
    for place, text in zip(places, labels, strict=False):
        halo(ax, text, (place, ax.get_ylim()[1]), (-8, -4), color, "center", upright=True)


def cloud(ax, x, columns, color, zorder, size=1.2, alpha=0.5):
    columns = np.reshape(columns, (len(x), -1))
    x = np.repeat(x, columns.shape[1])
    squares = {"s": size**2, "marker": "s", "linewidth": 0}
    ax.scatter(x, columns.ravel(), color=color, alpha=alpha, zorder=zorder, **squares)


def words(ax, x, y, color, zorder, labels, shift=(0, 0)):
    right, down = shift
    for text, *place in zip(labels, x, y, strict=True):
        halo(ax, text, place, (PIXEL * right, -PIXEL * down), color, "center")


def cards(ax, x, y, values, zorder):
    width, height = (PIXEL * side for side in CARD)
    for *place, value in zip(x, y, np.asarray(values, int), strict=True):
        edge = COLORS[("axis", "path", "back")[value % 3]]
        style = {"fc": COLORS["paper"], "ec": edge, "lw": 3 if value > 2 else 1, "zorder": zorder}
        corner = -width / 2, -height / 2
        rounded = {"boxstyle": "round,pad=0,rounding_size=4", "mutation_aspect": 1}
        box = FancyBboxPatch(corner, width, height, transform=around(ax, *place), **rounded)
        box.set(**style)
        ax.add_artist(box)


def arrows(ax, x, y, values, color, gap, zorder, dash=False, side=4):
    gap = PIXEL * np.array([gap[0], -gap[1]])
    points = np.column_stack([x, y])
    for start, end, value in zip(points[::2], points[1::2], np.asarray(values), strict=True):
        if not value:
            continue
        across = ax.transData.transform(end) - ax.transData.transform(start)
        aside = PIXEL * side * np.array([-across[1], across[0]]) / np.hypot(*across)
        style = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": color}
        style |= {"lw": 2.2 if value > 1 else 1.1, "mutation_scale": 11 if value > 1 else 8}
        style |= {"linestyle": (0, (4, 3)) if dash else "-"}
        ends = {"xycoords": around(ax, *end), "textcoords": around(ax, *start)}
        ax.annotate("", aside - gap, aside + gap, arrowprops=style, zorder=zorder, **ends)


LAYERS = {
    f.__name__: f
    for f in (line, regions, mesh, surface, path, marks, dots, rule, cloud, words, cards, arrows)
}


def around(ax, x, y):
    """Points of print around a place on the axes."""
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans
    return points + ScaledTranslation(x, y, ax.transData)


def within(ax, x, y):
    """Whether a point lies inside the axes."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    return left <= x <= right and low <= y <= high


def distance(ax, x, y):
    """How far apart two points are, as a part of the axes."""
    points = ax.transLimits.transform(ax.transScale.transform(np.column_stack([x, y])))
    return np.hypot(*np.diff(points, axis=0)[0])


def symbol(ax, shape, x, y, color, zorder, size=1):
    """A ring is hollow, a diamond and a square have a thin rim: told apart without colour."""
    face, edge = (COLORS["paper"], color) if shape == "ring" else (color, COLORS["paper"])
    width = 1.6 if shape == "ring" else 0.9
    ax.plot(x, y, SHAPES[shape], mfc=face, mec=edge, mew=width, ms=7.5 * size, zorder=zorder, ls="")


def label(ax, text, x, y, color, side=""):
    """Words beside a point: above right of it, or where there is no room, on another side."""
    left, top = ax.transLimits.transform(ax.transScale.transform((x, y)))
    vertical, _, horizontal = (side or f"above {'right' if left < 0.8 else 'left'}").partition(" ")
    if horizontal == "left" and left < 0.02 * len(text):
        horizontal = ""
    reach = {"left": -9, "right": 9}.get(horizontal, 0)
    align = {"left": "right", "right": "left"}.get(horizontal, "center")
    drop = 9 if vertical == "above" and top < 0.92 else -11
    halo(ax, text, (x, y), (reach, drop), color, align)


def halo(ax, text, place, offset, color, align, upright=False):
    """Words that stay readable on any ground."""
    outline = matplotlib.patheffects.withStroke(linewidth=2.5, foreground=COLORS["paper"])
    note = ax.annotate(text, place, offset, textcoords="offset points")
    note.set(color=color, ha=align, va="center", path_effects=[outline], zorder=9)
    if upright:
        note.set(rotation=90, va="top")
