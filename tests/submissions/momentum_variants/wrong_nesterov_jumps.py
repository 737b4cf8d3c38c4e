# mistake: steps from the place looked at
# part: nesterov_step
# says: theta itself does not jump ahead


def nesterov_step(theta, velocity, grad, lr, beta):
    theta = theta - lr * beta * velocity
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, velocity
