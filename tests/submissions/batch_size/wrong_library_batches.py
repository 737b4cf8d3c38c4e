# mistake: calls the library's batches
# part: minibatches
# says: the library's own version
# scores: 0

from course_lib import iterate_minibatches


def minibatches(n, batch_size, rng):
    yield from iterate_minibatches(n, batch_size, rng)
