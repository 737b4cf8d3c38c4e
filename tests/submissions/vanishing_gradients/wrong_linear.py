# mistake: He for linear
# part: choose_scheme
# says: A linear unit loses nothing


def choose_scheme(activation):
    return "xavier" if activation in ("tanh", "sigmoid", "softmax") else "he"
