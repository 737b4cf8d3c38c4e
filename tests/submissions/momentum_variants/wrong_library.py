# mistake: calls the library's optimizer
# part: momentum_step
# says: the library's own version
# scores: 0

from course_lib.optimizers import SGD, SGDState


def momentum_step(theta, velocity, grad, lr, beta):
    state = SGDState(0, velocity)
    theta, state = SGD(lr, beta).step(theta, grad(theta), state)
    return theta, state.velocity
