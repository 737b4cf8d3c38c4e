# mistake: with a capital
# part: choose_scheme
# says: small letters


def choose_scheme(activation):
    return "He" if activation.endswith(("lu", "softplus")) else "Xavier"
