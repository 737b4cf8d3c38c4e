# mistake: always He
# part: choose_scheme
# says: tanh loses none


def choose_scheme(activation):
    return "he"
