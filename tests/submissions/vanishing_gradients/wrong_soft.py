# mistake: takes softmax for one of the family
# part: choose_scheme
# says: whatever its name


def choose_scheme(activation):
    return "he" if activation.startswith("soft") or activation.endswith("lu") else "xavier"
