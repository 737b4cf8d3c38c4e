# mistake: looks ahead without the rate
# part: nesterov_step
# says: Here lr is missing


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta - beta * velocity)
    return theta - lr * velocity, velocity
