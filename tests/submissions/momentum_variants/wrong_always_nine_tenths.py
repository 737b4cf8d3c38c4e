# mistake: beta is always 0.9
# part: momentum_step
# says: beta


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = 0.9 * velocity + grad(theta)
    return theta - lr * velocity, velocity
