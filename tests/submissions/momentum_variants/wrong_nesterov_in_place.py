# mistake: changes theta in place
# part: nesterov_step
# says: changed an array that belongs to the caller


def nesterov_step(theta, velocity, grad, lr, beta):
    theta -= lr * beta * velocity
    g = grad(theta)
    return theta - lr * g, beta * velocity + g
