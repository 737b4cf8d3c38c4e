# mistake: probabilities, not answers
# part: predict
# says: These are the probabilities


def predict(params, X):
    out, _ = forward(params, X)
    return out
