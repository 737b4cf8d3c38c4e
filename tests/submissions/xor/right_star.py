# style: from numpy import *, which covers sum, all and max

from math import *
from numpy import *


def init_params(rng):
    s1, s2 = sqrt(2 / 6), sqrt(2 / 5)
    return {
        "W1": rng.standard_normal((2, 4)) * s1,
        "b1": zeros(4),
        "W2": rng.standard_normal((4, 1)) * s2,
        "b2": zeros(1),
    }
