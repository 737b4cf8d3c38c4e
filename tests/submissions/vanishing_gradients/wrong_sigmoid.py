# mistake: He for the sigmoid
# part: choose_scheme
# says: A sigmoid is none of the family


def choose_scheme(activation):
    return "xavier" if activation in ("tanh", "linear", "softmax") else "he"
