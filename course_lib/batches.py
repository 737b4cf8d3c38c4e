"""Mini-batches: a few samples at a time, every one of them once per epoch."""

import numpy as np

from course_lib import checks


def iterate_minibatches(n_samples, batch_size, seed_or_rng):
    """Go once through all samples in a random order, some at a time.

    Parameters
    ----------
    n_samples : int
        How many there are, >= 1.
    batch_size : int
        How many to take at a time, from 1 to ``n_samples``; the last batch may be smaller.
    seed_or_rng : int or numpy.random.Generator
        Hand in the same generator every epoch, and every epoch has an order of its own.

    Returns
    -------
    batches : iterator of index arrays

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.

    Examples
    --------
    >>> [len(rows) for rows in iterate_minibatches(10, 4, seed_or_rng=0)]
    [4, 4, 2]
    """
    problem = (
        checks.count("n_samples", n_samples)
        or checks.count("batch_size", batch_size, most=n_samples)
        or checks.seed("seed_or_rng", seed_or_rng)
    )
    if problem:
        raise problem
    order = np.random.default_rng(seed_or_rng).permutation(n_samples)
    return (order[first : first + batch_size] for first in range(0, n_samples, batch_size))


def batches_of_epoch(n_samples, batch_size, seed, epoch):
    """The batches of one epoch, which depend on nothing but these numbers.

    Without a batch size, or where it takes all samples, there is a single batch in plain order.
    """
    if batch_size in (None, n_samples):
        return [slice(None)]
    return list(iterate_minibatches(n_samples, batch_size, np.random.default_rng([seed, epoch])))
