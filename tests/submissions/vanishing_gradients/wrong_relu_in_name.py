# mistake: whatever has relu in its name
# part: choose_scheme
# says: ELU is one of the family


def choose_scheme(activation):
    return "he" if "relu" in activation else "xavier"
