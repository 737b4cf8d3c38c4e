# mistake: returns theta alone
# part: momentum_step
# says: Return both


def momentum_step(theta, velocity, grad, lr, beta):
    return theta - lr * (beta * velocity + grad(theta))
