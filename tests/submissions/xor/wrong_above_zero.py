# mistake: compares a probability with 0
# part: predict
# says: predict for


def predict(params, X):
    out, _ = forward(params, X)
    return (out > 0).astype(int)
