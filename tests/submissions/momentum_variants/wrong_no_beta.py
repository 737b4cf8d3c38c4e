# mistake: leaves out beta
# part: momentum_step
# says: beta is missing


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = velocity + grad(theta)
    return theta - lr * velocity, velocity
