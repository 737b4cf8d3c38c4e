# style: lists and loops, no NumPy at all but for the arrays that come in

import math


def init_params(rng):
    def draw():
        return float(rng.uniform(-1, 1))

    return {
        "W1": [[draw() for _ in range(4)] for _ in range(2)],
        "b1": [draw() for _ in range(4)],
        "W2": [[draw()] for _ in range(4)],
        "b2": [0],
    }


def forward(params, X):
    outs, kept = [], []
    for x in X:
        a = []
        for j in range(4):
            z = params["b1"][j] + sum(x[i] * params["W1"][i][j] for i in range(2))
            a.append(math.tanh(z))
        z = params["b2"][0] + sum(a[j] * params["W2"][j][0] for j in range(4))
        p = 1 / (1 + math.exp(-z))
        outs.append([p])
        kept.append((list(x), a, p))
    return outs, kept


def backward(params, cache, Y):
    W1, b1 = [[0.0] * 4 for _ in range(2)], [0.0] * 4
    W2, b2 = [[0.0] for _ in range(4)], [0.0]
    for (x, a, p), y in zip(cache, Y):
        d = (p - y[0]) / len(cache)
        b2[0] += d
        for j in range(4):
            W2[j][0] += a[j] * d
            dz = d * params["W2"][j][0] * (1 - a[j] ** 2)
            b1[j] += dz
            for i in range(2):
                W1[i][j] += x[i] * dz
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def step(value, slope, lr):
    try:
        return [step(v, s, lr) for v, s in zip(value, slope)]
    except TypeError:
        return float(value) - lr * float(slope)


def train(X, Y, lr, epochs, seed):
    import numpy

    params, losses = init_params(numpy.random.default_rng(seed)), []
    for _ in range(epochs):
        outs, cache = forward(params, X)
        loss = 0.0
        for out, y in zip(outs, Y):
            loss -= math.log(out[0]) if y[0] == 1 else math.log(1 - out[0])
        losses.append(loss / len(outs))
        grads = backward(params, cache, Y)
        params = {key: step(params[key], grads[key], lr) for key in params}
    return params, losses


def predict(params, X):
    return [[1 if out[0] > 0.5 else 0] for out in forward(params, X)[0]]
