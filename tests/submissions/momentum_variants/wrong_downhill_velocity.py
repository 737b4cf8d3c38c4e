# mistake: a velocity that points downhill
# part: momentum_step
# says: sign of the gradient


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity - grad(theta)
    return theta - lr * velocity, velocity
