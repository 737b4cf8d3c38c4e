# mistake: returns the step in place of the velocity
# part: momentum_step
# says: not the step


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, -lr * velocity
