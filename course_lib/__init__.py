"""How neural networks learn, in a library that is written to be read.

Four ideas carry everything. **params**: all parameters in one flat vector. An **objective**: a
function ``(params, step) -> (loss, grad)``. An **optimizer**, with a **schedule**: how a gradient
becomes a step. And the **history** of what happened. The same optimizer walks down a bowl and
trains a network.

**The core takes half an hour**: what is named here, in this order. Read whole, these modules take
an afternoon.

1. ``landscapes``: losses one can see. ``Landscape.__call__``, and one or two of the formulas.
2. ``optimizers``: how a gradient becomes a step. ``SGD``; the other two differ in a few lines.
3. ``schedules``: how large a step is as time goes by. ``step_decay``; ``_schedule`` at the end.
4. ``training``: the loop around these. ``minimize``; what writes the run down can wait.
5. ``layers``: what a network is made of, forward and backward. ``Dense`` and two activations.
6. ``losses``: one number for how wrong a network is. ``mse`` and ``binary_cross_entropy``.
7. ``networks``: ``Network`` up to ``_backward``, which is the heart.
8. ``gradients``: how to measure a slope, and so to believe all of this. ``numerical_gradient``.

Most functions open with ``if problem := ...: raise problem``. What is wrong with an argument
is found in ``checks`` and raised where you called, so that the traceback ends there. Skip these
lines at a first reading, and what docstrings say under Raises and References. ``floats`` and
``plain``, from there too, only make an array or a plain number of what came.

The rest, when you need it:

- training on data: ``batches``, ``stopping``, ``clipping``, ``fitting``, ``history``;
- looking at it: ``traces``, ``lr_finder``, ``diagnosis``, ``surveys``;
- material: ``datasets``, ``worked_example``, ``measurements``;
- the same only faster, which nobody has to know about: ``plans``, ``updates``, ``walks``,
  ``nudges``;
- behind the scenes: those checks, how ``own_parts`` of yours are asked, a ``progress`` bar,
  ``grading`` of exercises and the ``error_causes`` that it names;
- drawing: ``palette``, ``graphs``, ``landscape_plots``, ``plots`` and ``widgets``. The last two are
  only loaded when they are used, so that ``import course_lib`` stays light.
"""

from importlib import import_module

from course_lib.batches import iterate_minibatches
from course_lib.clipping import clip_by_norm, clip_by_value
from course_lib.datasets import (
    digits,
    learnable_labels,
    random_labels,
    skycak,
    spiral,
    two_clouds,
    xor,
)
from course_lib.diagnosis import Diagnosis, diagnose
from course_lib.fitting import train
from course_lib.gradients import (
    GradientCheck,
    check_gradient,
    check_network,
    numerical_gradient,
)
from course_lib.history import History
from course_lib.landscapes import (
    Landscape,
    bumpy_bowl,
    ellipse,
    quartic,
    ravine,
    rosenbrock,
    saddle,
    wavy_bowl,
    x_squared,
)
from course_lib.layers import (
    ELU,
    GELU,
    Activation,
    Dense,
    GELUTanh,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from course_lib.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_with_logits,
    half_rss,
    mse,
    rss,
)
from course_lib.lr_finder import LRFinder, find_learning_rate
from course_lib.networks import Network, mlp
from course_lib.optimizers import SGD, Adam, RMSprop
from course_lib.schedules import (
    constant,
    cosine_annealing,
    exponential_decay,
    linear_warmup,
    one_cycle,
    per_epoch,
    polynomial_decay,
    step_decay,
    warm_restarts,
    warmup_cosine,
)
from course_lib.stopping import EarlyStopping
from course_lib.surveys import survey
from course_lib.traces import Trace
from course_lib.training import minimize

__all__ = [
    "Activation",
    "Adam",
    "Dense",
    "Diagnosis",
    "ELU",
    "EarlyStopping",
    "GELU",
    "GELUTanh",
    "GradientCheck",
    "History",
    "LRFinder",
    "Landscape",
    "LeakyReLU",
    "Linear",
    "Network",
    "RMSprop",
    "ReLU",
    "SGD",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
    "Trace",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "bumpy_bowl",
    "check_gradient",
    "check_network",
    "clip_by_norm",
    "clip_by_value",
    "constant",
    "cosine_annealing",
    "cross_entropy",
    "cross_entropy_with_logits",
    "diagnose",
    "digits",
    "ellipse",
    "exponential_decay",
    "find_learning_rate",
    "half_rss",
    "iterate_minibatches",
    "learnable_labels",
    "linear_warmup",
    "minimize",
    "mlp",
    "mse",
    "numerical_gradient",
    "one_cycle",
    "per_epoch",
    "polynomial_decay",
    "quartic",
    "random_labels",
    "ravine",
    "rosenbrock",
    "rss",
    "saddle",
    "skycak",
    "spiral",
    "step_decay",
    "survey",
    "train",
    "two_clouds",
    "warm_restarts",
    "warmup_cosine",
    "wavy_bowl",
    "x_squared",
    "xor",
]

ON_DEMAND = ("plots", "widgets")  # imported when first asked for


def __dir__():
    return [*__all__, *ON_DEMAND]


def __getattr__(name):
    if name in ON_DEMAND:
        return import_module(f"course_lib.{name}")
    raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
