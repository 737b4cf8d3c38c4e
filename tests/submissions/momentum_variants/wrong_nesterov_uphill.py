# mistake: goes uphill
# part: nesterov_step
# says: goes uphill


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta - lr * beta * velocity)
    return theta + lr * velocity, velocity
