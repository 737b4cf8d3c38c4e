"""Explorers: pictures with sliders, driven by the library.

Each is one line in a notebook, ``Descent1D(quartic)``, and needs no browser to be asked what it
shows: set a slider from Python, ``explorer.learning_rate = 0.1``, and read ``explorer.status``.
"""

from course_lib.widgets.batch_noise import BatchNoise
from course_lib.widgets.computation_graph import ComputationGraph
from course_lib.widgets.descent_1d import Descent1D
from course_lib.widgets.descent_2d import Descent2D
from course_lib.widgets.gradient_flow import GradientFlow
from course_lib.widgets.learning_rate_finder import LearningRateFinder
from course_lib.widgets.loss_landscape import LossLandscape
from course_lib.widgets.momentum_forms import MomentumForms
from course_lib.widgets.momentum_map import MomentumMap
from course_lib.widgets.numerical_error import NumericalError
from course_lib.widgets.optimizer_race import OptimizerRace
from course_lib.widgets.patience import Patience
from course_lib.widgets.probability_loss import ProbabilityLoss
from course_lib.widgets.schedule_explorer import ScheduleExplorer
from course_lib.widgets.stability_limit import StabilityLimit
from course_lib.widgets.train_network import TrainNetwork
from course_lib.widgets.worked_example import WorkedExample

__all__ = [
    "BatchNoise",
    "ComputationGraph",
    "Descent1D",
    "Descent2D",
    "GradientFlow",
    "LearningRateFinder",
    "LossLandscape",
    "MomentumForms",
    "MomentumMap",
    "NumericalError",
    "OptimizerRace",
    "Patience",
    "ProbabilityLoss",
    "ScheduleExplorer",
    "StabilityLimit",
    "TrainNetwork",
    "WorkedExample",
]
