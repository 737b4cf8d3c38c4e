# mistake: forgets the rate
# part: momentum_step
# says: The rate is missing


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta)
    return theta - velocity, velocity
