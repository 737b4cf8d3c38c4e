# mistake: single rows are numbers, not arrays
# part: minibatches
# says: even if it holds only one


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for first in range(0, n, batch_size):
        rows = order[first : first + batch_size]
        yield rows[0] if len(rows) == 1 else rows
