# mistake: a Nesterov step
# part: momentum_step
# says: Nesterov step


def momentum_step(theta, velocity, grad, lr, beta):
    g = grad(theta)
    velocity = beta * velocity + g
    return theta - lr * (g + beta * velocity), velocity
