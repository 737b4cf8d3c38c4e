# mistake: asks the library for the slopes
# part: backward
# says: the library's own version


def backward(params, cache, Y):
    from course_lib import mlp

    net = mlp([2, 4, 1], ["tanh", "sigmoid"])
    flat = net.pack([params["W1"], params["W2"]], [params["b1"], params["b2"]])
    _, grad = net.loss_and_grad(flat, cache["X"], Y, "binary_cross_entropy")
    W, b = net.unpack(grad)
    return {"W1": W[0], "b1": b[0], "W2": W[1], "b2": b[1]}
