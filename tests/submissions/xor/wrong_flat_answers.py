# mistake: a flat array
# part: predict
# says: The answers are a column


def predict(params, X):
    out, _ = forward(params, X)
    return (out > 0.5).astype(int).ravel()
