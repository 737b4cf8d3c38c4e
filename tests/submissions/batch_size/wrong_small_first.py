# mistake: what is left over comes first
# part: minibatches
# says: The smaller batch comes last


def minibatches(n, batch_size, rng):
    order, rest = rng.permutation(n), n % batch_size
    if rest:
        yield order[:rest]
    for first in range(rest, n, batch_size):
        yield order[first : first + batch_size]
