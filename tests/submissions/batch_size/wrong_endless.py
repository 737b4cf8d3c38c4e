# mistake: goes on for ever
# part: minibatches
# says: how many rows each batch


def minibatches(n, batch_size, rng):
    while True:
        order = rng.permutation(n)
        for first in range(0, n, batch_size):
            yield order[first : first + batch_size]
