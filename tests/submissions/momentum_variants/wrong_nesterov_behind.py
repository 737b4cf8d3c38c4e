# mistake: looks back
# part: nesterov_step
# says: Here the sign is wrong


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta + lr * beta * velocity)
    return theta - lr * velocity, velocity
