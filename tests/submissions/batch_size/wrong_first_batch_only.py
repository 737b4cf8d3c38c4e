# mistake: returns in the loop
# part: minibatches
# says: how many rows each batch


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for first in range(0, n, batch_size):
        return [order[first : first + batch_size]]
