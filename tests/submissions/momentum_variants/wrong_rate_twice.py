# mistake: the rate in the velocity and in the step
# part: momentum_step
# says: The rate is in twice


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + lr * grad(theta)
    return theta - lr * velocity, velocity
