# mistake: knows no GELU and SiLU
# part: choose_scheme
# says: SiLU is one of the family


def choose_scheme(activation):
    return "he" if activation in ("relu", "leaky_relu", "elu", "softplus") else "xavier"
