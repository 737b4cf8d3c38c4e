# mistake: heavy ball
# part: nesterov_step
# says: This is heavy ball


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta - lr * velocity, velocity
