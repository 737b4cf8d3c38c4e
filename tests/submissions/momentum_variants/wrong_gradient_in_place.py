# mistake: adds to the array that grad returned
# part: momentum_step
# says: changed an array that belongs to the caller


def momentum_step(theta, velocity, grad, lr, beta):
    velocity_new = grad(theta)
    velocity_new += beta * velocity
    return theta - lr * velocity_new, velocity_new
