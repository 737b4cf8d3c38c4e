# mistake: always Xavier
# part: choose_scheme
# says: ReLU loses half


def choose_scheme(activation):
    return "xavier"
