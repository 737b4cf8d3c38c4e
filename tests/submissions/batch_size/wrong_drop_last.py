# mistake: leaves out what is left over
# part: minibatches
# says: The last batch is missing


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for k in range(n // batch_size):
        yield order[k * batch_size : (k + 1) * batch_size]
