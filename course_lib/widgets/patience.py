"""Early stopping on a noisy validation loss: how long to wait, and what it costs."""

import numpy as np
import traitlets

from course_lib.stopping import EarlyStopping
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

EPOCHS = np.arange(100)
TRAIN = 0.1 + 1.4 * np.exp(-EPOCHS / 12)
TRUE = 0.3 + 1.2 * np.exp(-EPOCHS / 12) + 0.0075 * EPOCHS  # lowest at 12 ln(40/3) = 31.1
BEST = int(TRUE.argmin())
PATIENCES = [*range(1, 16), 20, 25, 30, 40]
NOISES = [0.0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1]
DRAWS = list(range(1, 13))


class Patience(Explorer):
    """A validation loss that turns up after epoch 31, with noise on it, and early stopping.

    Parameters
    ----------
    **settings
        Where the sliders stand at first: ``patience`` (1 to 40), ``noise`` (the standard
        deviation, 0 to 0.1) and ``draw`` (1 to 12, which noise).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> Patience(patience=3, noise=0).status
    'Patience 3, noise 0: stops after epoch 34 and keeps epoch 31, the best.'
    """

    patience = traitlets.Float().tag(sync=True)
    noise = traitlets.Float().tag(sync=True)
    draw = traitlets.Float().tag(sync=True)
    axes = ("patience", "noise", "draw")

    def __init__(self, **settings):
        self.codes = {name: Code(self.axes) for name in ("kept", "stopped", "outcome", "price")}
        self.codes |= {"kept_loss": Code(self.axes), "loss": Code(("noise", "draw"), -1, 3)}
        self.codes |= {"all_kept": Code(("noise",), 0, 100)}
        super().__init__(None, scene(), {"patience": 5, "noise": 0.02, "draw": 1} | settings)

    def compute(self, _, patience, noise, draw):
        """Which epoch is kept and when it stops, for every patience, noise and draw."""
        shape = len(patience), len(noise), len(draw)
        losses = np.array([[noisy(sd, seed) for seed in draw] for sd in noise])
        ends = np.array(
            [stop(int(p), losses[j, k]) for p in patience for j, k in np.ndindex(shape[1:])]
        )
        kept, stopped = ends.reshape(*shape, 2).transpose(3, 0, 1, 2)
        everywhere = [[stop(p, noisy(sd, seed))[0] for p in PATIENCES for seed in DRAWS]
                      for sd in noise]  # fmt: skip
        return {
            "kept": kept,
            "stopped": stopped,
            "outcome": np.where(stopped < len(EPOCHS) - 1, 0, 2) + (kept == BEST),
            "price": TRUE[kept] - TRUE[BEST],
            "kept_loss": np.take_along_axis(losses[None], kept[..., None], axis=3)[..., 0],
            "loss": losses,
            "all_kept": np.array(everywhere),
        }

    def texts(self, fixed):
        opening = "Patience {patience}, noise {noise}: "
        worse = f"; without noise it is {{price}} worse than the best, epoch {BEST}."
        ends = ("stops after epoch {stopped} and keeps epoch {kept}",)
        ends += ("runs to the last epoch and keeps epoch {kept}",)
        return {
            "sentences": [
                f"{opening}{end}{more}" for end in ends for more in (worse, ", the best.")
            ],
            "notes": {},
        }


def noisy(sd, seed):
    """The validation loss with one draw of noise."""
    return TRUE + sd * np.random.default_rng(int(seed)).standard_normal(len(EPOCHS))


def stop(patience, losses):
    """The epoch that early stopping keeps, and the last one it sees."""
    stopping = EarlyStopping(patience)
    for epoch, loss in enumerate(losses):
        if stopping.update(epoch, loss, ()):
            break
    return stopping.best_epoch, epoch


def scene():
    """The run on the left; what every patience keeps on the right."""
    epochs, loss = scenes.axis("epoch", -4, 100), scenes.axis("loss", 0, 1.7)
    x, across = EPOCHS.tolist(), [1, 40]
    run = [
        {"kind": "line", "x": x, "y": TRAIN.round(4).tolist(), "color": "curve", "dash": True},
        {"kind": "line", "x": x, "y": TRUE.round(4).tolist(), "color": "minimum", "width": 3},
        {"kind": "line", "x": x, "y": "loss", "color": "path", "width": 1.2},
        {"kind": "rule", "x": "stopped", "color": "limit", "labels": ["stopped"]},
        {"kind": "marks", "x": "kept", "y": "kept_loss", "shape": "disc", "color": "path"}
        | {"labels": ["kept"], "sides": ["below"]},
        scenes.marks([[BEST, TRUE[BEST]]], "diamond", "minimum"),
        {"kind": "words", "x": [72], "y": [0.2], "color": "curve", "labels": ["training"]},
        {"kind": "words", "x": [72], "y": [1.06], "color": "path", "labels": ["validation"]},
    ]
    dots = [p for p in PATIENCES for _ in DRAWS]
    every = [
        {"kind": "dots", "x": dots, "y": "all_kept", "color": "path", "alpha": 0.35},
        {"kind": "line", "x": across, "y": [BEST, BEST], "color": "minimum", "dash": True},
        {"kind": "marks", "x": "patience", "y": "kept", "shape": "square", "color": "limit"},
    ]
    kept = scenes.axis("epoch that is kept", 0, 60)
    return {
        "title": "How long to wait; \N{BLACK DIAMOND} is the best epoch without noise",
        "description": "Left: training loss (dashed), validation loss with noise and without, the "
        "epoch that is kept and the one that training stops after. Right: the epoch kept with "
        f"every patience, for {len(DRAWS)} draws of the noise; the dashed line is the best.",
        "controls": [
            scenes.slider("patience", "Patience", PATIENCES),
            scenes.slider("noise", "Noise", NOISES),
            scenes.slider("draw", "Draw of the noise", DRAWS),
        ],
        "panels": [
            scenes.panel("One run", epochs, loss, run),
            scenes.panel(
                "Every patience, twelve draws", scenes.axis("patience", 0, 41), kept, every
            ),
        ],
    }
