# mistake: changes the velocity in place
# part: momentum_step
# says: changed an array that belongs to the caller


def momentum_step(theta, velocity, grad, lr, beta):
    velocity *= beta
    velocity += grad(theta)
    return theta - lr * velocity, velocity
