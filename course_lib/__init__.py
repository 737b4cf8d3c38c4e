"""How neural networks learn, in a library small enough to read in an afternoon.

Four ideas carry everything. **params**: all parameters in one flat vector. An **objective**: a
function ``(params, step) -> (loss, grad)``. An **optimizer**, with a **schedule**: how a gradient
becomes a step. And the **history** of what happened. The same optimizer walks down a bowl and
trains a network.

Read the modules in this order: ``landscapes``, ``optimizers``, ``schedules``, ``training``, then
``layers``, ``losses``, ``networks``, ``gradients``. ``plots`` and ``widgets`` draw; import them
yourself when you need them, so that ``import course_lib`` stays light.
"""

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
