# mistake: always says that nobody is wrong
# part: find_bugs
# says: got the empty set
# scores: 0


def find_bugs(backward_passes, net, params, X, Y, loss):
    return set()
