# mistake: 0 above one half
# part: predict
# says: 0 and 1 are exchanged.


def predict(params, X):
    out, _ = forward(params, X)
    return (out < 0.5).astype(int)
