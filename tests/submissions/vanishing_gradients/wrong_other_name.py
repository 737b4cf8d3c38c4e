# mistake: another name for the same
# part: choose_scheme
# says: Another name for the same


def choose_scheme(activation):
    return "kaiming" if activation.endswith(("lu", "softplus")) else "glorot"
