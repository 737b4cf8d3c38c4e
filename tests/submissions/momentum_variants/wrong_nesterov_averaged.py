# mistake: the averaged form
# part: nesterov_step
# says: averages (EMA)


def nesterov_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + (1 - beta) * grad(theta - lr * beta * velocity)
    return theta - lr * velocity, velocity
