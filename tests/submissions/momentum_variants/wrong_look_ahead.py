# mistake: the other part of the exercise
# part: momentum_step
# says: Nesterov step


def momentum_step(theta, velocity, grad, lr, beta):
    velocity = beta * velocity + grad(theta - lr * beta * velocity)
    return theta - lr * velocity, velocity
