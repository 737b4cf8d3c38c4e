# mistake: returns the old velocity
# part: nesterov_step
# says: Return the new velocity


def nesterov_step(theta, velocity, grad, lr, beta):
    new = beta * velocity + grad(theta - lr * beta * velocity)
    return theta - lr * new, velocity
