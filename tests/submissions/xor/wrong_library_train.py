# mistake: lets the library train
# part: train
# says: the library's own version


def train(X, Y, lr, epochs, seed):
    from course_lib import SGD, minimize, mlp

    net = mlp([2, 4, 1], ["tanh", "sigmoid"])
    objective = net.objective(X, Y, "binary_cross_entropy")
    run = minimize(objective, net.init_params(seed), SGD(lr), epochs)
    W, b = net.unpack(run.params[-1])
    params = {"W1": W[0], "b1": b[0], "W2": W[1], "b2": b[1]}
    return params, run.loss[:-1]
