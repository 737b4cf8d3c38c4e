# mistake: forgets the old velocity
# part: momentum_step
# says: The old velocity is lost


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = grad(theta)
    return theta - lr * velocity, velocity
