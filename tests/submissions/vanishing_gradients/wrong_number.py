# mistake: returns a variance
# part: choose_scheme
# says: not a function, an array or a number


def choose_scheme(activation):
    return 2 / 32 if activation.endswith(("lu", "softplus")) else 2 / 64
