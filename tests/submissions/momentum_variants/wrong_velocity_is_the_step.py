# mistake: the velocity is the step itself
# part: momentum_step
# says: v is the step itself


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity - lr * grad(theta)
    return theta + velocity, velocity
