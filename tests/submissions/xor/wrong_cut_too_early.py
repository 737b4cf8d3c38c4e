# mistake: astype(int) of the probabilities
# part: predict
# says: Only 0: a cut-off


def predict(params, X):
    out, _ = forward(params, X)
    return out.astype(int)
