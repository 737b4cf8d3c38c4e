# mistake: prints instead of returning
# part: choose_scheme
# says: Is there a return statement?


def choose_scheme(activation):
    print("he" if activation.endswith(("lu", "softplus")) else "xavier")
