# mistake: looks ahead without beta
# part: nesterov_step
# says: Here beta is missing


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta - lr * velocity)
    return theta - lr * velocity, velocity
