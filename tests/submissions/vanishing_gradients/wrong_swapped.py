# mistake: the other way round
# part: choose_scheme
# says: ReLU loses half


def choose_scheme(activation):
    return (
        "xavier"
        if activation in ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu")
        else "he"
    )
