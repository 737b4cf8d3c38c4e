# mistake: asks the library which it draws
# part: choose_scheme
# says: the library's own version
# scores: 0

from course_lib import mlp


def choose_scheme(activation):
    net = mlp([50, 50], [activation])
    weights, _ = net.unpack(net.init_params(0, scheme="auto"))
    return "he" if weights[0].var() > 1.5 / 50 else "xavier"
