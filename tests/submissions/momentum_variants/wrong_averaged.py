# mistake: the averaged form
# part: momentum_step
# says: averaged form (EMA)


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + (1 - beta) * grad(theta)
    return theta - lr * velocity, velocity
