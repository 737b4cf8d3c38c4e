# mistake: goes uphill
# part: momentum_step
# says: goes uphill


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta + lr * velocity, velocity
