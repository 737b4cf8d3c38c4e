# mistake: returns velocity first
# part: momentum_step
# says: The order is turned round


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return velocity, theta - lr * velocity
