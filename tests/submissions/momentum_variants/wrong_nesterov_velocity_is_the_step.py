# mistake: the velocity is the step itself
# part: nesterov_step
# says: v is the step itself


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity - lr * grad(theta + beta * velocity)
    return theta + velocity, velocity
