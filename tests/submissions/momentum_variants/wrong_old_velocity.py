# mistake: steps with the old velocity
# part: momentum_step
# says: steps with the old velocity


def momentum_step(theta, velocity, grad, lr, beta):
    return theta - lr * velocity, beta * velocity + grad(theta)
