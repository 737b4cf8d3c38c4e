"""The loss of two weights, as a map and as a surface in space."""

import numpy as np
import traitlets

from course_lib.landscapes import bumpy_bowl
from course_lib.widgets import grids, scenes
from course_lib.widgets.explorer import Explorer, landscape_problem
from course_lib.widgets.tables import Code

AMPLITUDES = grids.even(0, 1, at_least=20)
CELLS, NODES = 61, 31  # of the map and of the surface, along each side
TURN, TILT = np.radians(32), np.radians(28)  # how the surface is looked at
HEIGHT = 1.1  # of the surface, beside its half width
PART = 0.25  # of the gradient, drawn on the map


class LossLandscape(Explorer):
    """A landscape of two weights; stand somewhere on it and see which way is down.

    Parameters
    ----------
    landscape : Landscape
        Of two weights. ``bumpy_bowl(0.3)``, the one without an argument, has a slider for the
        height of its bumps.
    **settings
        Where the sliders stand at first: ``weight_1``, ``weight_2`` and, on the bumpy bowl,
        ``amplitude`` (0 to 1).

    Raises
    ------
    ValueError, TypeError
        If the landscape does not have two weights, or a setting is out of its range.

    Examples
    --------
    >>> LossLandscape(amplitude=0, weight_1=1, weight_2=2).status
    'Loss 2.5 at weight 1 = 1, weight 2 = 2. The gradient is (1, 2); the line leads downhill, \
the other way.'
    """

    bumpy = False
    amplitude = traitlets.Float().tag(sync=True)
    weight_1 = traitlets.Float().tag(sync=True)
    weight_2 = traitlets.Float().tag(sync=True)

    def __init__(self, landscape=None, **settings):
        landscape = bumpy_bowl() if landscape is None else landscape
        if problem := landscape_problem("landscape", landscape, n_params=2):
            raise problem
        self.bumpy = landscape.name.startswith("bumpy_bowl")
        ground = ("amplitude",) * self.bumpy
        self.axes = (*ground, "weight_1", "weight_2")
        self.codes = dict.fromkeys(("height", "slope_1", "slope_2"), Code(self.axes)) | {
            "outcome": Code(),
            "valleys": Code(ground),
            "map": Code(ground, 0, 1, bits=8),
            "tone": Code(ground, 0, 1, bits=8),
            "lifted": Code(ground, -2, 2),
            "point_x": Code(("weight_1", "weight_2"), -2, 2),
            "point_y": Code(self.axes, -2, 2),
            "arrow_x": Code(self.axes, *scenes.reach(scenes.axis("", *landscape.bounds[0]))),
            "arrow_y": Code(self.axes, *scenes.reach(scenes.axis("", *landscape.bounds[1]))),
        }
        given = {"amplitude": float(landscape.name[11:-1])} if self.bumpy else {}
        for i, (positions, start) in enumerate(
            zip(sides(landscape), landscape.start, strict=True), 1
        ):
            given[f"weight_{i}"] = positions[np.abs(np.subtract(positions, start)).argmin()]
        super().__init__(landscape, scene(landscape, self.bumpy), given | settings)

    def compute(self, landscape, weight_1, weight_2, amplitude=None):
        """Loss and gradient at every place, the map, and the surface as it is seen."""
        grounds = [landscape] if amplitude is None else [bumpy_bowl(a) for a in amplitude]
        places = np.stack(np.meshgrid(weight_1, weight_2, indexing="ij"), axis=-1)
        seen = [look(ground, places, extent(landscape)) for ground in grounds]
        arrays = {name: np.array([one[name] for one in seen]) for name in seen[0]}
        if amplitude is None:
            arrays = {name: values[0] for name, values in arrays.items()}
        point_x, _ = project(part(places, landscape.bounds), 0)
        return arrays | {"outcome": 0.0, "point_x": point_x}

    def texts(self, fixed):
        sentence = (
            "Loss {height} at weight 1 = {weight_1}, weight 2 = {weight_2}. "
            "The gradient is ({slope_1}, {slope_2}); the line leads downhill, the other way."
        )
        note = {"amplitude": "This ground has {valleys valley}."} if self.bumpy else {}
        return {"sentences": [sentence], "notes": note}


def look(landscape, places, heights):
    """What is to be seen of one landscape."""
    low, high = heights
    loss, grad = landscape(places)
    on_map, _ = landscape(mesh(landscape, CELLS))
    on_surface, _ = landscape(mesh(landscape, NODES))
    nodes = part(mesh(landscape, NODES), landscape.bounds)
    tone = (on_surface - low) / (high - low)
    _, lifted = project(nodes, tone)
    _, point_y = project(part(places, landscape.bounds), (loss - low) / (high - low))
    ends = np.stack([places, places - PART * grad], axis=-1)
    return {
        "height": loss,
        "slope_1": grad[..., 0],
        "slope_2": grad[..., 1],
        "valleys": len(landscape.minima),
        "map": np.sqrt(np.clip((on_map - low) / (high - low), 0, 1)).ravel(),
        "tone": np.sqrt(np.clip(tone, 0, 1)).ravel(),
        "lifted": lifted.ravel(),
        "point_y": point_y,
        "arrow_x": ends[..., 0, :],
        "arrow_y": ends[..., 1, :],
    }


def mesh(landscape, n):
    """Places all over a landscape, of shape (n, n, 2); rows are weight 2."""
    x, y = (np.linspace(*bounds, n) for bounds in landscape.bounds)
    return np.stack(np.meshgrid(x, y), axis=-1)


def part(places, bounds):
    """Places as parts of the way across, from -1 to 1."""
    low, high = bounds.T
    return 2 * (places - low) / (high - low) - 1


def project(places, height):
    """Where places, from -1 to 1, and heights, from 0 to 1, are seen from above the corner."""
    right = places[..., 0] * np.cos(TURN) - places[..., 1] * np.sin(TURN)
    return right, depth(places) * np.sin(TILT) + HEIGHT * (height - 0.5) * np.cos(TILT)


def depth(places):
    """How far behind the middle a place is."""
    return places[..., 0] * np.sin(TURN) + places[..., 1] * np.cos(TURN)


def extent(landscape):
    """The lowest and the highest loss that is drawn; bumps of any height fit in."""
    grounds = [landscape]
    if landscape.name.startswith("bumpy_bowl"):
        grounds = [bumpy_bowl(AMPLITUDES[0]), bumpy_bowl(AMPLITUDES[-1])]
    losses = [ground(mesh(ground, CELLS))[0] for ground in grounds]
    return min(loss.min() for loss in losses), max(loss.max() for loss in losses)


def quads(n):
    """The corners of each piece of an n by n surface, the farthest piece first."""
    row, column = np.divmod(np.arange(n * n), n)
    inner = (row < n - 1) & (column < n - 1)
    first = np.flatnonzero(inner)
    middle = np.stack([column[inner], row[inner]], axis=-1)
    first = first[np.argsort(-depth(middle), kind="stable")]
    return np.stack([first, first + 1, first + n + 1, first + n], axis=-1).tolist()


def sides(landscape):
    """The places a weight can be moved to."""
    return [grids.even(*bounds, at_least=30) for bounds in landscape.bounds]


def scene(landscape, bumpy):
    """The map with a line downhill, and the surface with a point on it."""
    axes = [scenes.axis(f"weight {i}", *b) for i, b in enumerate(landscape.bounds, 1)]
    cells = [np.linspace(*bounds, CELLS).round(4).tolist() for bounds in landscape.bounds]
    right, _ = project(part(mesh(landscape, NODES), landscape.bounds), 0)
    here = {"kind": "marks", "shape": "ring", "color": "limit"}
    shades = {"colors": ["paper", "path"]}
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
    x, y = project(corners, 0)
    floor = {"kind": "line", "x": x.tolist(), "y": y.tolist(), "color": "axis", "width": 1}
    x, y = project(np.array([[0.0, -1.3], [1.55, 0.0]]), 0)
    names = {"kind": "words", "x": x.tolist(), "y": y.tolist(), "color": "text"}
    names["labels"] = ["weight 1", "weight 2"]
    formula = "0.5 (x² + y²) + a sin 3x cos 3y" if bumpy else scenes.formula(landscape)
    return {
        "title": f"The loss {formula}",
        "description": "Left: a map of the loss, the bluer the higher, with a line that "
        "leads downhill. Right: the same loss as a surface in space.",
        "controls": [
            *([scenes.slider("amplitude", "Bump amplitude", AMPLITUDES)] * bumpy),
            scenes.slider("weight_1", "Weight 1", sides(landscape)[0]),
            scenes.slider("weight_2", "Weight 2", sides(landscape)[1]),
        ],
        "panels": [
            scenes.panel(
                "The map: the bluer, the higher",
                *axes,
                [
                    {"kind": "mesh", "x": cells[0], "y": cells[1], "values": "map"} | shades,
                    {"kind": "line", "x": "arrow_x", "y": "arrow_y", "color": "limit", "width": 3},
                    here | {"x": "weight_1", "y": "weight_2"},
                ],
                knob={"x": "weight_1", "y": "weight_2"},
            ),
            scenes.panel(
                "The same as a surface",
                scenes.axis("", -1.6, 1.7),
                scenes.axis("", -1.35, 1.2),
                [
                    floor,
                    {
                        "kind": "surface",
                        "x": right.ravel().round(4).tolist(),
                        "y": "lifted",
                        "values": "tone",
                        "quads": quads(NODES),
                    }
                    | shades,
                    here | {"x": "point_x", "y": "point_y"},
                    names,
                ],
                bare=True,
            ),
        ],
    }
