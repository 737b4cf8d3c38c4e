"""The kit every explorer is built from.

An explorer is a widget with *settings* (its sliders and menus, also attributes you can set from
Python), a *subject* (a landscape, a network with data, or nothing), a pure ``compute`` that asks
the library what happens there, and a *scene* that says what to draw. The kit computes the whole
plane of slider positions in one stacked call and sends it once; the browser then looks up every
move, so that the picture keeps up with the hand. What lies off that plane (a start point being
dragged, a value between two slider positions) is one run, computed when asked for. Both travel
as the same kind of packet, see ``tables``.

A plane that takes longer comes in *pieces*: the run that is to be seen first, then one position
of one slider after another, the nearest first, so that nobody waits for what nobody looks at.
A slider may be *coarse* there: the plane holds only some of its positions, a run all of them.
"""

import os
from numbers import Real
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from course_lib import checks
from course_lib.landscapes import Landscape
from course_lib.widgets import exported, tables
from course_lib.widgets.words import fill

HERE = Path(__file__).parent
SCRIPTS = "words tables pieces surface layers shades graphs controls explorer".split()


def module_source():
    """The one ES module the browser runs: the plain files of ``js/``, in their order."""
    return "\n".join((HERE / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


class Explorer(anywidget.AnyWidget):
    """A picture with sliders. Subclasses add settings, a scene and ``compute``.

    Attributes
    ----------
    status : str
        What the picture shows, in a sentence: the one under the picture.
    """

    _esm = module_source()
    _css = (HERE / "style.css").read_text("utf-8")

    scene = traitlets.Dict().tag(sync=True)
    plane = traitlets.Dict().tag(sync=True)
    run = traitlets.Dict().tag(sync=True)
    piece = traitlets.Dict().tag(sync=True)

    subject = None
    axes = ()  # the settings that span the plane
    pieces = None  # the one among them whose positions are sent one by one
    coarse = {}  # of which the plane holds only these positions
    paged = {}  # other positions of sliders on a page without Python
    codes = {}  # how each array of compute is packed
    aliases = {}  # other words for an option

    def __init__(self, subject, scene, settings):
        self.subject = subject
        self._controls = {control["name"]: control for control in scene["controls"]}
        self._shown = False
        self._latest = None
        self._pieces = {}
        if unknown := settings.keys() - self._controls.keys():
            wanted = ", ".join(self._controls)
            raise TypeError(f"settings: expected {wanted}, got {', '.join(sorted(unknown))}")
        super().__init__(scene=scene | {"call": self._call()}, **settings)
        self.observe(self._follow, list(self._controls))
        self.on_msg(self._answer)

    # -- settings ---------------------------------------------------------------------------

    def __setattr__(self, name, value):
        control = self.__dict__.get("_controls", {}).get(name)
        if control is not None:
            value = self.aliases.get(value, value) if isinstance(value, str) else value
            if problem := _setting_problem(control, value):
                raise problem
            value = float(value) if control["kind"] == "slider" else value
        elif not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(f"{name}: expected one of {', '.join(self._controls)}")
        super().__setattr__(name, value)

    @property
    def settings(self):
        """Every setting and its value."""
        return {name: getattr(self, name) for name in self._controls}

    @property
    def status(self):
        """What the picture shows, in one or two sentences."""
        packet = self._run_at(self.settings)
        frame = tables.frame(packet, self.settings)
        return fill(packet["sentences"][int(frame["outcome"])], frame)

    @property
    def call(self):
        """The line of Python that shows this picture again."""
        settings = (f"{name}={value!r}" for name, value in self.settings.items())
        return f"{self._call()}{', '.join(settings)})"

    def __repr__(self):
        return self.call

    def _call(self):
        subject = getattr(self.subject, "name", "")  # of a landscape, also its Python
        return f"{type(self).__name__}({subject}{', ' if subject else ''}"

    # -- packets ----------------------------------------------------------------------------

    def compute(self, subject, **settings):
        """Arrays by name, for settings of which those in ``axes`` are arrays of positions."""
        raise NotImplementedError

    def texts(self, fixed):
        """``sentences``, which ``outcome`` counts, and ``notes`` beside controls, by name."""
        raise NotImplementedError

    def _packet(self, axes, settings):
        """Everything there is to show at the positions ``axes`` and the settings beside them."""
        fixed = {name: value for name, value in settings.items() if name not in axes}
        at = {name: np.array(positions) for name, positions in axes.items()}
        arrays = self.compute(self.subject, **at, **fixed)
        return tables.packet(arrays, self.codes, axes, fixed, **self.texts(fixed))

    def _run_at(self, settings):
        """One run: the plane's tables on a grid of one position."""
        axes = {name: [settings[name]] for name in self.axes}
        for name in self.coarse:
            axes[name] = sorted({settings[name], *positions(self._controls[name])})
        key = settings | axes
        if self._latest is None or self._latest[0] != key:
            self._latest = key, self._packet(axes, settings)
        return self._latest[1]

    def _spanned(self):
        """The positions that span the plane."""
        whole = {name: positions(self._controls[name]) for name in self.axes}
        return whole | self.coarse

    def _piece_at(self, position):
        """The part of the plane at one position of the slider ``pieces``."""
        if position not in self._pieces:
            axes = self._spanned() | {self.pieces: [position]}
            packet = self._packet(axes, self.settings) | {"coarse": list(self.coarse)}
            self._pieces[position] = packet
        return self._pieces[position]

    def _show(self):
        """See to it that the plane belongs to the settings it is spanned over."""
        self._shown = True
        if self.pieces:
            self.run = self._run_at(self.settings)
            return
        fixed = {name: value for name, value in self.settings.items() if name not in self.axes}
        if self.plane.get("fixed") != fixed:
            self.plane = self._packet(self._spanned(), self.settings)

    def _follow(self, change):
        if any(getattr(self, name) not in positions(self._controls[name]) for name in self.axes):
            self.run = self._run_at(self.settings)
        if self._shown:
            self._show()

    def _answer(self, _, message, buffers):
        if "ask" in message:
            # Sent back, so that a view knows which of its questions this answers.
            question = {name: message[name] for name in ("number", "view")}
            self.run = self._run_at(message["ask"]) | question
        elif "piece" in message:
            # The number makes it news, even to a second view that asks for the same.
            number = self.piece.get("number", 0) + 1
            self.piece = self._piece_at(float(message["piece"])) | {"number": number}
        else:
            self._show()

    # -- pictures ---------------------------------------------------------------------------

    def describe(self):
        """The status, and what the picture shows, for those who cannot see it."""
        return f"{self.scene['title']}. {self.status} {self.scene['description']}"

    def picture(self):
        """The picture at the present settings, as the bytes of a PNG."""
        from course_lib.widgets import pictures  # matplotlib: only when a picture is needed

        self._show()
        frame = tables.frame(self._run_at(self.settings), self.settings)
        return pictures.png(self.scene, frame, self.plane, self.status)

    def _repr_mimebundle_(self, **kwargs):
        picture = self.picture()
        alt = self.describe()
        data, metadata = super()._repr_mimebundle_(**kwargs)
        if exported.SWITCH in os.environ:
            data[exported.KIND] = exported.bundle(self, positions)
        return data | {"image/png": picture, "text/plain": alt}, metadata | {
            "image/png": {"alt": alt}
        }


def positions(control):
    """Every value that a slider or a menu can be moved to."""
    return control["values"] if control["kind"] == "slider" else list(control["options"])


def landscape_problem(name, landscape, n_params, with_minimum=False):
    """The exception to raise where a landscape of ``n_params`` weights is needed."""
    examples = {1: "one weight, such as quartic", 2: "two weights, such as ellipse or ravine(10)"}
    wanted = f"a landscape of {examples[n_params]}"
    if not isinstance(landscape, Landscape):
        return checks.wrong(TypeError, name, wanted, landscape)
    if landscape.n_params != n_params:
        return ValueError(f"{name}: expected {wanted}, got {landscape.name}")
    if with_minimum and not len(landscape.minima):
        return ValueError(f"{name}: expected a landscape with a minimum, got {landscape.name}")
    return None


def _setting_problem(control, value):
    """The exception to raise for a value that a control cannot take."""
    name = control["name"]
    if control["kind"] == "choice":
        return checks.one_of(name, value, control["options"])
    low, high = control["values"][0], control["values"][-1]
    whole = control.get("whole", False)
    wanted = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, np.ndarray)):
        return checks.wrong(TypeError, name, wanted, value)
    if np.ndim(value) or not low <= value <= high or (whole and value % 1):
        return checks.wrong(ValueError, name, wanted, value)
    return None
