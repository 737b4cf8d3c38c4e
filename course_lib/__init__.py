from course_lib.landscapes import ellipse, quartic, ravine, rosenbrock, saddle, wavy_bowl, x_squared
from course_lib.optimizers import SGD
from course_lib.schedules import constant
from course_lib.training import History, minimize
