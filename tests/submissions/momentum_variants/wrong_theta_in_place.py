# mistake: changes theta in place
# part: momentum_step
# says: changed an array that belongs to the caller


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    theta -= lr * velocity
    return theta, velocity
