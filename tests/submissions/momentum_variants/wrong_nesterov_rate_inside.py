# mistake: the rate inside the velocity
# part: nesterov_step
# says: not in the velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + lr * grad(theta - beta * velocity)
    return theta - velocity, velocity
