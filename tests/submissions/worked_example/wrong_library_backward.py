# mistake: calls the library
# part: backward
# says: the library's own version
# scores: 0

from course_lib import mlp


def backward(params, cache, y):
    net = mlp([1, 4, 2, 1], ["sigmoid"] * 3)
    flat = net.pack([A.T for A, _ in params], [b for _, b in params])
    _, grad = net.loss_and_grad(flat, [cache[0]], [[float(y)]], "rss")
    weights, biases = net.unpack(grad)
    return [(W.T, b) for W, b in zip(weights, biases)]
