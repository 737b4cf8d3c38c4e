"""The same work in the NumPy of a tutorial: lists of W and b, and a fresh array for each result.

Like the library, it writes down the loss of every update.
"""

import numpy as np


def forward(weights, biases, X, hidden, last):
    activations = [X]
    for i, (W, b) in enumerate(zip(weights, biases, strict=True)):
        name = last if i == len(weights) - 1 else hidden
        activations.append(activate(name, activations[-1] @ W + b))
    return activations


def activate(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def slope(name, a):
    return {"sigmoid": lambda: a * (1 - a), "tanh": lambda: 1 - a**2, "relu": lambda: a > 0}[name]()


def loss_and_dz(loss, last, out, Y):
    """The loss, and its slope with respect to the last z."""
    if loss == "rss":
        return np.sum((out - Y) ** 2), 2 * (out - Y) * slope(last, out)
    if loss == "binary_cross_entropy":
        value = -np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out))
    else:
        value = -np.mean(np.sum(Y * np.log(out + 1e-15), axis=1))
    return value, (out - Y) / len(Y)


def gradient(weights, biases, X, Y, hidden, last, loss):
    activations = forward(weights, biases, X, hidden, last)
    value, dz = loss_and_dz(loss, last, activations[-1], Y)
    dW, db = [], []
    for i in reversed(range(len(weights))):
        dW.insert(0, activations[i].T @ dz)
        db.insert(0, dz.sum(axis=0))
        if i > 0:
            dz = (dz @ weights[i].T) * slope(hidden, activations[i])
    return value, activations[-1], dW, db


def sgd(lr, momentum=0.0):
    velocities = {}

    def update(name, parameter, grad, step):
        if momentum:
            grad = velocities[name] = momentum * velocities.get(name, 0) + grad
        return parameter - lr * grad

    return update


def adam(lr, beta1=0.9, beta2=0.999, eps=1e-8):
    means, squares = {}, {}

    def update(name, parameter, grad, step):
        m = means[name] = beta1 * means.get(name, 0) + (1 - beta1) * grad
        s = squares[name] = beta2 * squares.get(name, 0) + (1 - beta2) * grad**2
        m_hat, s_hat = m / (1 - beta1 ** (step + 1)), s / (1 - beta2 ** (step + 1))
        return parameter - lr * m_hat / (np.sqrt(s_hat) + eps)

    return update


def train(work):
    weights, biases = work.net.unpack(work.params)
    update = {"sgd": sgd, "adam": adam}[work.optimizer](**work.options)
    losses, accuracies, step = [], [], 0
    for epoch in range(work.epochs):
        for rows in work.batches(epoch):
            X, Y = work.X[rows], work.Y[rows]
            value, out, dW, db = gradient(weights, biases, X, Y, work.hidden, work.last, work.loss)
            losses.append(value)
            if work.accuracy:
                accuracies.append(np.mean(out.argmax(axis=1) == Y.argmax(axis=1)))
            for i in range(len(weights)):
                weights[i] = update(("W", i), weights[i], dW[i], step)
                biases[i] = update(("b", i), biases[i], db[i], step)
            step += 1
    return losses[-1]


def ravine(x, y):
    return x**2 + 10 * y**2


def ravine_slopes(x, y):
    return 2 * x, 20 * y


def walk(lr, momentum, n_steps):
    """One run of momentum, in plain Python numbers: quicker than arrays of two."""
    x, y, vx, vy = 10.0, 1.0, 0.0, 0.0
    losses = [ravine(x, y)]
    for _ in range(n_steps):
        dx, dy = ravine_slopes(x, y)
        vx, vy = momentum * vx + dx, momentum * vy + dy
        x, y = x - lr * vx, y - lr * vy
        losses.append(ravine(x, y))
    return losses[-1]


def central_differences(work, eps=1e-5):
    weights, biases = work.net.unpack(work.params)

    def loss():
        out = forward(weights, biases, work.X, work.hidden, work.last)[-1]
        return loss_and_dz(work.loss, work.last, out, work.Y)[0]

    grads = []
    for parameter in [part for pair in zip(weights, biases, strict=True) for part in pair]:
        grad = np.empty_like(parameter)
        for i in np.ndindex(parameter.shape):
            old = parameter[i]
            parameter[i] = old + eps
            up = loss()
            parameter[i] = old - eps
            grad[i] = (up - loss()) / (2 * eps)
            parameter[i] = old
        grads.append(grad.ravel())
    return np.concatenate(grads)
