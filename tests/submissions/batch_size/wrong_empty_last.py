# mistake: an empty batch where nothing is left over
# part: minibatches
# says: The last batch is empty


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for k in range(n // batch_size + 1):
        yield order[k * batch_size : (k + 1) * batch_size]
