# mistake: steps ahead in place and back again, which leaves rounding behind
# part: nesterov_step
# says: leaves rounding behind


def nesterov_step(theta, velocity, grad, lr, beta):
    theta -= lr * beta * velocity
    g = grad(theta)
    theta += lr * beta * velocity
    v = beta * velocity + g
    return theta - lr * v, v
