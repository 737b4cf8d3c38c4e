# mistake: the rate inside the velocity
# part: momentum_step
# says: not in the velocity


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + lr * grad(theta)
    return theta - velocity, velocity
