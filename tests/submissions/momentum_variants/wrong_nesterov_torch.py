# mistake: PyTorch's form
# part: nesterov_step
# says: PyTorch's form


def nesterov_step(theta, velocity, grad, lr, beta):
    g = grad(theta)
    velocity = beta * velocity + g
    return theta - lr * (g + beta * velocity), velocity
