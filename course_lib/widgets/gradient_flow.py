"""How large a gradient is in each layer of a deep network, before it has learned anything."""

import numpy as np
import traitlets

from course_lib.losses import mse
from course_lib.networks import mlp
from course_lib.widgets import scenes
from course_lib.widgets.explorer import Explorer
from course_lib.widgets.tables import Code

WIDTH, SAMPLES, SEEDS = 32, 32, 8  # every layer is alike, so that their gradients compare
DEPTHS = [*range(2, 11), *range(12, 21, 2)]  # layers of weights
ACTIVATIONS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU", "linear": "None (linear)"}
SLOPES = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "linear": 1.0}  # the largest of each
SCHEMES = {
    "xavier": ("Xavier", {"scheme": "xavier"}),
    "he": ("He", {"scheme": "he"}),
    "uniform": ("Uniform, ±0.01", {"scheme": "uniform", "scale": 0.01}),
    "normal": ("Normal, too large (4/√n)", {"scheme": "normal", "scale": 4 / WIDTH**0.5}),
}
STEADY, TINY, HUGE = 20, 1e-4, 1e4  # a factor between first and last, sizes in all layers
SMALLEST, LARGEST = 1e-30, 1e20  # what is drawn
ROUNDING = 1e-14  # a spread that is a smaller part of the activations is rounding
NAMES = "[kind: sigmoid|tanh|ReLU|linear]"
RATIO = "that of layer 1 is {ratio} times that of layer {depth}"
SENTENCES = (
    f"is steady, {RATIO}",
    f"vanishes on its way back, {RATIO}",
    f"explodes on its way back, {RATIO}",
    "has vanished everywhere, it is steady but in no layer larger than {largest}",
    "has exploded everywhere, it is steady but in no layer smaller than {smallest}",
)
SIGNAL = (
    " [lost: At the output, two inputs differ by {output_spread}.|"
    "At the output no two inputs differ any more, to 14 digits.]"
)


class GradientFlow(Explorer):
    """The gradient of each layer, and the spread of activations, in a network as it starts.

    Every layer is 32 wide. The task is fixed: 32 random inputs for each of 32 samples, as many
    random targets, and the mean squared error. What is drawn is the geometric mean of 8 starts.

    Parameters
    ----------
    **settings
        Where the controls stand at first: ``depth`` (2 to 20 layers of weights), ``activation``
        (``"sigmoid"``, ``"tanh"``, ``"relu"`` or ``"linear"``) and ``scheme`` (``"xavier"``,
        ``"he"``, ``"uniform"``: between -0.01 and 0.01, ``"normal"``: deviation 4/√32).

    Raises
    ------
    ValueError, TypeError
        If a setting is out of its range.

    Examples
    --------
    >>> GradientFlow(depth=10, activation="relu", scheme="he").status
    '10 layers of ReLU: the gradient is steady, that of layer 1 is 1.1 times that of layer 10. \
At the output, two inputs differ by 0.66.'
    """

    depth = traitlets.Float().tag(sync=True)
    activation = traitlets.Unicode().tag(sync=True)
    scheme = traitlets.Unicode().tag(sync=True)
    axes = ("depth", "activation", "scheme")

    def __init__(self, **settings):
        drawn = Code(self.axes, SMALLEST, LARGEST, log=True)
        numbers = "outcome ratio largest smallest output_spread lost told".split()
        self.codes = dict.fromkeys(("gradient", "forecast", "spread"), drawn)
        self.codes |= dict.fromkeys(("gradient_end", "spread_end"), drawn)
        self.codes |= dict.fromkeys(numbers, Code(self.axes))
        self.codes["kind"] = Code(("activation",))
        given = {"depth": 10, "activation": "sigmoid", "scheme": "xavier"}
        super().__init__(None, scene(), given | settings)

    def compute(self, _, depth, activation, scheme):
        """Gradients and spreads of every depth, activation and scheme."""
        shape = (len(depth), len(activation), len(scheme))
        gradient = np.full((*shape, DEPTHS[-1]), np.nan)
        spread = np.full((*shape, DEPTHS[-1] + 1), np.nan)
        forecast = gradient.copy()
        starts = initial_params(int(depth.max()), scheme)
        for i, n in enumerate(depth.astype(int)):
            for j, name in enumerate(activation):
                net = deep_net(n, name)
                # Layers are drawn one by one: a shallower network begins with the same ones.
                sizes, spreads = flow(net, starts[:, : net.n_params])
                gradient[i, j, :, :n] = mean_of_seeds(sizes, len(scheme))
                spread[i, j, :, : n + 1] = mean_of_seeds(spreads, len(scheme))
                slopes = SLOPES[name] ** np.arange(n)[::-1]
                forecast[i, j, :, :n] = gradient[i, j, :, n - 1, None] * slopes
        kinds = [list(ACTIVATIONS).index(name) for name in activation]
        found = {"gradient": gradient, "forecast": forecast, "spread": spread, "kind": kinds}
        return found | verdict(gradient, spread, depth.astype(int))

    def texts(self, fixed):
        sentences = [f"{{depth}} layers of {NAMES}: the gradient {s}.{SIGNAL}" for s in SENTENCES]
        note = "Largest slope: [kind: 0.25|1|1|1]."
        return {"sentences": sentences, "notes": {"activation": note}}


def deep_net(depth, activation):
    """A network of so many layers of weights, all of one width, with linear outputs."""
    return mlp([WIDTH] * (depth + 1), [activation] * (depth - 1) + ["linear"])


def task():
    """Inputs and targets, all standard normal."""
    rng = np.random.default_rng(0)
    return rng.standard_normal((2, SAMPLES, WIDTH))


def initial_params(depth, schemes):
    """First params of every scheme and seed, stacked."""
    net = deep_net(depth, "linear")
    draws = [SCHEMES[name][1] for name in schemes]
    return np.stack([net.init_params(seed, **draw) for draw in draws for seed in range(SEEDS)])


def flow(net, params):
    """How large each layer's gradient is, and how far activations spread, run by run.

    Returns
    -------
    sizes : array of shape (n_runs, depth)
        The Frobenius norm of each dW, input side first.
    spreads : array of shape (n_runs, depth + 1)
        From the input to the output: the standard deviation over the samples, its mean square
        over the units. NaN where it is rounding.
    """
    X, Y = task()
    out, caches = net.forward(params, X)
    _, slope = mse(out, Y)
    weights, _ = net.unpack(net.backward(params, caches, slope))
    sizes = np.stack([np.linalg.norm(dW, axis=(-2, -1)) for dW in weights], axis=-1)
    activations = [*caches[::2], out]  # a dense layer keeps what came in
    return sizes, np.stack([spread_of(a, len(params)) for a in activations], axis=-1)


def spread_of(a, n_runs):
    """How much activations differ from sample to sample."""
    mean = a.mean(axis=-2, keepdims=True)
    spread = np.sqrt(np.square(a - mean).mean(axis=(-2, -1)))
    level = np.abs(mean).mean(axis=(-2, -1))
    spread = np.where(spread < ROUNDING * level, np.nan, spread)
    return np.broadcast_to(spread, n_runs)


def mean_of_seeds(values, n_schemes):
    """The geometric mean over the seeds of each scheme."""
    return np.exp(np.log(values).reshape(n_schemes, SEEDS, -1).mean(axis=1))


def verdict(gradient, spread, depth):
    """The numbers that the sentence quotes, and which sentence it is."""
    last = depth[:, None, None, None]
    output = np.take_along_axis(spread, last, axis=-1)[..., 0]
    gradient_end = np.take_along_axis(gradient, last - 1, axis=-1)[..., 0]
    ratio = gradient[..., 0] / gradient_end
    told = np.isfinite(spread).sum(axis=-1) - 1  # the last layer that tells inputs apart
    largest, smallest = np.nanmax(gradient, axis=-1), np.nanmin(gradient, axis=-1)
    cases = [ratio < 1 / STEADY, ratio > STEADY, largest < TINY, smallest > HUGE]
    return {
        "outcome": np.select(cases, [1, 2, 3, 4], 0),
        "ratio": two_digits(ratio),
        "largest": two_digits(largest),
        "smallest": two_digits(smallest),
        "output_spread": two_digits(output),
        "lost": np.isnan(output),
        "told": told,
        "gradient_end": gradient_end,
        "spread_end": np.take_along_axis(spread, told[..., None], axis=-1)[..., 0],
    }


def two_digits(values):
    """Values rounded to two significant digits."""
    with np.errstate(invalid="ignore"):
        scale = 10.0 ** (np.floor(np.log10(values)) - 1)
        return np.round(values / scale) * scale


def scene():
    """Gradients against the layer, and the spread of activations against the layer."""
    layers = scenes.axis("layer", 0, DEPTHS[-1] + 6)
    reach = np.log10([SMALLEST, LARGEST]) + [-1.5, 1.5]
    size = scenes.log_axis("gradient of a layer", *reach, every=10)
    numbers = list(range(DEPTHS[-1] + 1))
    forecast = {"kind": "line", "x": numbers[1:], "y": "forecast", "color": "axis", "dash": True}
    gradient = {"kind": "path", "color": "path", "x": numbers[1:], "y": "gradient"}
    spread = {"kind": "path", "color": "limit", "x": numbers, "y": "spread"}
    end = {"kind": "marks", "shape": "square", "labels": ["output"], "sides": [""]}
    lost = "[lost: output|lost in rounding]"
    return {
        "title": "Gradient and signal in a deep network",
        "description": "Left: the size of the gradient of each layer, from the input to the "
        "output, on a logarithmic axis (what lies beyond it is drawn at its edge); dashed: what "
        "the largest slopes alone would leave. Right: how much the activations of each layer "
        "differ from sample to sample.",
        "controls": [
            scenes.slider("depth", "Depth", DEPTHS),
            scenes.choice("activation", "Activation", ACTIVATIONS),
            scenes.choice("scheme", "Initialisation", {k: v[0] for k, v in SCHEMES.items()}),
        ],
        "panels": [
            scenes.panel(
                "Gradient; dashed: the largest slopes alone",
                layers,
                size,
                [forecast, gradient, end | {"x": "depth", "y": "gradient_end", "color": "path"}],
            ),
            scenes.panel(
                "Signal: how much two inputs differ",
                layers,
                size | {"label": "spread of activations"},
                [
                    spread,
                    end | {"x": "told", "y": "spread_end", "color": "limit", "labels": [lost]},
                ],
            ),
        ],
    }
