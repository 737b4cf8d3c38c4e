# mistake: always says that everybody is wrong
# part: find_bugs
# says: Ada's gradient is right
# scores: 0


def find_bugs(backward_passes, net, params, X, Y, loss):
    return set(backward_passes)
