# mistake: beta before the gradient
# part: momentum_step
# says: not the gradient


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = velocity + beta * grad(theta)
    return theta - lr * velocity, velocity
