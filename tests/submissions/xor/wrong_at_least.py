# mistake: 1 at 0.5, too
# part: predict
# says: is not above 0.5


def predict(params, X):
    return (forward(params, X)[0] >= 0.5).astype(int)
