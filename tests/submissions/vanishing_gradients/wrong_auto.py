# mistake: leaves it to the library
# part: choose_scheme
# says: name the scheme yourself


def choose_scheme(activation):
    return "auto"
