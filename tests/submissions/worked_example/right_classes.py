# style: a class for a layer, which remembers its input; the cache is the list of layers

import numpy as np


class Layer:
    def __init__(self, A, b):
        self.A, self.b = np.asarray(A, float), np.asarray(b, float)

    def there(self, h):
        self.before = h
        self.after = np.reciprocal(1 + np.exp(-np.dot(self.A, h) - self.b))
        return self.after

    def back(self, dh):
        self.db = dh * self.after * (1 - self.after)
        self.dA = np.multiply.outer(self.db, self.before)
        return np.dot(self.db, self.A)


def forward(params, x):
    layers, h = [Layer(A, b) for A, b in params], np.ones(1) * x
    for layer in layers:
        h = layer.there(h)
    return float(h[0]), layers


def backward(params, cache, y):
    if not isinstance(cache[0], Layer):
        x, cache = cache[0], [Layer(A, b) for A, b in params]
        for layer in cache:
            x = layer.there(x)
    dh = 2 * (cache[-1].after - y)
    for layer in reversed(cache):
        dh = layer.back(dh)
    return [(layer.dA, layer.db) for layer in cache]


def iterate(params, data, alpha, n_iterations):
    As, bs = [A for A, _ in params], [b for _, b in params]
    for _ in range(n_iterations):
        dAs, dbs = [0, 0, 0], [0, 0, 0]
        for x, y in data:
            now = list(zip(As, bs))
            for k, (dA, db) in enumerate(backward(now, forward(now, x)[1], y)):
                dAs[k], dbs[k] = dAs[k] + dA, dbs[k] + db
        As = [A - alpha * dA for A, dA in zip(As, dAs)]
        bs = [b - alpha * db for b, db in zip(bs, dbs)]
    return list(zip(As, bs))
