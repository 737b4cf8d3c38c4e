# mistake: returns the order, uncut
# part: minibatches
# says: cut the order into flat arrays
# scores: 0


def minibatches(n, batch_size, rng):
    return rng.permutation(n)
