# mistake: ReLU alone gets He
# part: choose_scheme
# says: leaky ReLU leaves out nearly all


def choose_scheme(activation):
    return "he" if activation == "relu" else "xavier"
