# mistake: asks for more than 0.6
# part: predict
# says: predict for


def predict(params, X):
    out, _ = forward(params, X)
    return (out > 0.6).astype(int)
