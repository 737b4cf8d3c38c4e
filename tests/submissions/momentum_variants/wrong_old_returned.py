# mistake: returns the old velocity
# part: momentum_step
# says: Return the new velocity


def momentum_step(theta, velocity, grad, lr, beta):
    return theta - lr * (beta * velocity + grad(theta)), velocity
