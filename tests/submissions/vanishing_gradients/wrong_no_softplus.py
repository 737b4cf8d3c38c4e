# mistake: forgets softplus
# part: choose_scheme
# says: without a kink


def choose_scheme(activation):
    return "he" if activation.endswith("lu") else "xavier"
