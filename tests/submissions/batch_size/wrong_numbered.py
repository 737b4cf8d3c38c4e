# mistake: yields pairs, of a number and a batch
# part: minibatches
# says: a tuple in place of a batch


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for i in range(0, n, batch_size):
        yield i, order[i : i + batch_size]
