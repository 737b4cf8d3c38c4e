# mistake: steps along the gradient
# part: momentum_step
# says: steps along the gradient


def momentum_step(theta, velocity, grad, lr, beta):
    g = grad(theta)
    return theta - lr * g, beta * velocity + g
